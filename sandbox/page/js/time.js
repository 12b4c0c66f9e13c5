// Times as this page writes them: 24 hours, the reader's time zone.

const LOCALE = "en-GB";

/** "14:03" for seconds since 1970. */
export function clock(seconds) {
  return at(seconds)?.toLocaleTimeString(LOCALE, { hour: "2-digit", minute: "2-digit" }) ?? "";
}

/** "14:03:27" */
export function clockWithSeconds(seconds) {
  return at(seconds)?.toLocaleTimeString(LOCALE) ?? "";
}

/** "Monday 2 June" */
export function dayName(seconds) {
  return at(seconds)?.toLocaleDateString(LOCALE, { weekday: "long", day: "numeric", month: "long" }) ?? "";
}

/** Slack's <!date^seconds^format|fallback>. Pretty days are "today", "yesterday" and "tomorrow" where they are. */
export function dateText(seconds, format, fallback, now = new Date()) {
  const date = at(seconds);
  if (!format || !date) return fallback;
  const day = (options) => date.toLocaleDateString(LOCALE, options);
  const near = nearDay(date, now);
  return format
    .replace(/\{date(_short|_long)?_pretty\}/g, (token) => near ?? token)
    .replace(/\{date_num\}/g, date.toISOString().slice(0, 10))
    .replace(/\{date_short(_pretty)?\}/g, day({ year: "numeric", month: "short", day: "numeric" }))
    .replace(/\{date_long(_pretty)?\}/g, day({ weekday: "long", year: "numeric", month: "long", day: "numeric" }))
    .replace(/\{date(_pretty)?\}/g, day({ year: "numeric", month: "long", day: "numeric" }))
    .replace(/\{time_secs\}/g, clockWithSeconds(seconds))
    .replace(/\{time\}/g, clock(seconds));
}

function nearDay(date, now) {
  const days = [["yesterday", -1], ["today", 0], ["tomorrow", 1]];
  const found = days.find(([, away]) => {
    const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + away);
    return day.toDateString() === date.toDateString();
  });
  return found?.[0];
}

export function at(seconds) {
  const date = new Date(Number(seconds) * 1000);
  return Number.isNaN(date.getTime()) ? null : date;
}
