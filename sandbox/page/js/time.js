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

/** Slack's <!date^seconds^format|fallback>. */
export function dateText(seconds, format, fallback) {
  const date = at(seconds);
  if (!format || !date) return fallback;
  const day = (options) => date.toLocaleDateString(LOCALE, options);
  return format
    .replace(/\{date_num\}/g, date.toISOString().slice(0, 10))
    .replace(/\{date_short(_pretty)?\}/g, day({ year: "numeric", month: "short", day: "numeric" }))
    .replace(/\{date_long(_pretty)?\}/g, day({ weekday: "long", year: "numeric", month: "long", day: "numeric" }))
    .replace(/\{date(_pretty)?\}/g, day({ year: "numeric", month: "long", day: "numeric" }))
    .replace(/\{time_secs\}/g, clockWithSeconds(seconds))
    .replace(/\{time\}/g, clock(seconds));
}

export function at(seconds) {
  const date = new Date(Number(seconds) * 1000);
  return Number.isNaN(date.getTime()) ? null : date;
}
