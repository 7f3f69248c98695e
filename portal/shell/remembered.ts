/** A choice that this browser remembers. Where it may not store anything, it is forgotten with the page. */
export function remembered<T extends string>(name: string, parse: (text: string | null) => T) {
  const key = `sallyport.${name}`;
  return {
    read(): T {
      try {
        return parse(localStorage.getItem(key));
      } catch {
        return parse(null);
      }
    },
    write(value: T): void {
      try {
        localStorage.setItem(key, value);
      } catch {
        // Private windows of some browsers refuse; the choice then lasts as long as the page.
      }
    },
  };
}
