// Keeps a scrolled list at its end while what is in it grows, until somebody scrolls away from there.

/** `onEnd()`: its end is in sight (again). Answers {toEnd(), isAtEnd()}. */
export function stickToEnd(scroller, { nearPx, content = null, onEnd = () => {} }) {
  let placed = 0;
  let atEnd = true;
  const toEnd = () => {
    scroller.scrollTop = scroller.scrollHeight;
    placed = scroller.scrollTop;
    atEnd = true;
    onEnd();
  };
  const keep = () => {
    if (atEnd) toEnd();
  };
  scroller.addEventListener("scroll", () => {
    const nobodyScrolled = scroller.scrollTop === placed; // what is below grew meanwhile
    const gap = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    atEnd = (atEnd && nobodyScrolled) || gap < nearPx;
    if (atEnd) onEnd();
  });
  scroller.addEventListener("load", keep, true); // pictures come late
  const resized = new ResizeObserver(keep);
  resized.observe(scroller);
  if (content) resized.observe(content);
  return { toEnd, isAtEnd: () => atEnd };
}
