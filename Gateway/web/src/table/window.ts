/** A range of row indices: first inclusive, end exclusive. */
export interface RowWindow {
  readonly first: number;
  readonly end: number;
}

/** Rows kept ready beyond the edges, so that a quick scroll does not show a gap. */
const overscan = 8;

/** Which of `count` rows of equal height need elements at this scroll position. */
export function visibleWindow(
  scrollTop: number,
  viewHeight: number,
  rowHeight: number,
  count: number,
): RowWindow {
  if (count === 0 || rowHeight <= 0) return { first: 0, end: 0 };
  const top = Math.max(0, Math.min(scrollTop, count * rowHeight - viewHeight));
  return {
    first: Math.max(0, Math.floor(top / rowHeight) - overscan),
    end: Math.min(count, Math.ceil((top + viewHeight) / rowHeight) + overscan),
  };
}

/** The scroll position that brings a row into view with the least movement. */
export function scrollToShow(
  index: number,
  scrollTop: number,
  viewHeight: number,
  rowHeight: number,
): number {
  const top = index * rowHeight;
  if (top < scrollTop) return top;
  return Math.max(scrollTop, top + rowHeight - viewHeight);
}
