/** The page's title with what is unread before it: `(3) Kotak masuk · Loket`. */
export function titleWith(title: string, unread: number): string {
  const plain = title.replace(/^\(\d+\+?\) /, '');
  return unread > 0 ? `(${unread > 99 ? '99+' : unread}) ${plain}` : plain;
}

/**
 * Keeps the figure before whatever title the screens set, and on the icon of the installed app.
 * @returns stops it and takes the figure away
 */
export function showUnread(unread: number): () => void {
  const apply = () => {
    const wanted = titleWith(document.title, unread);
    if (wanted !== document.title) document.title = wanted;
  };
  apply();
  const observer = new MutationObserver(apply);
  observer.observe(document.head, { childList: true, subtree: true, characterData: true });
  // not every browser has it, and none lets a page that is not installed
  const badge = navigator as { setAppBadge?: (n: number) => Promise<void> };
  void badge.setAppBadge?.(unread).catch(() => undefined);
  return () => {
    observer.disconnect();
    document.title = titleWith(document.title, 0);
  };
}
