const place = 'sallyport.sign-in-link';

/** Keeps the secret of a one-time link for the sign-in that begins now, in this tab alone. */
export function keepLink(secret: string): void {
  sessionStorage.setItem(place, secret);
}

/** The secret of a link that was just opened, once; null if there is none. */
export function takeLink(): string | null {
  const secret = sessionStorage.getItem(place);
  sessionStorage.removeItem(place);
  return secret;
}
