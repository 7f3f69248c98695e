/** What a mail says, before it is laid out. */
export interface Message {
  readonly subject: string;
  /** The one sentence that matters. */
  readonly lead: string;
  /** Labels and values below it, in order. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** What the reader can do now, if anything, and where. */
  readonly action?: { readonly label: string; readonly url: string } | undefined;
}

/** A mail laid out as text and as HTML, both saying the same. */
export interface Composed {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Lays a message out. Everything in it is treated as plain text: names and reasons come from people. */
export function compose(message: Message): Composed {
  const subject = oneLine(message.subject);
  return { subject, text: textOf(message), html: htmlOf(message, subject) };
}

function textOf({ lead, facts, action }: Message): string {
  const width = Math.max(0, ...facts.map(([label]) => label.length));
  const lines = facts.map(([label, value]) => `  ${`${label}:`.padEnd(width + 1)} ${oneLine(value)}`);
  const parts = [lead, lines.join('\n'), action === undefined ? '' : `${action.label}:\n${action.url}`, signature];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function htmlOf({ lead, facts, action }: Message, subject: string): string {
  const rows = facts.map(
    ([label, value]) =>
      `<tr><th align="left" valign="top" style="padding:4px 16px 4px 0;font-weight:600">${escaped(label)}</th>` +
      `<td style="padding:4px 0">${escaped(value)}</td></tr>`,
  );
  const button =
    action === undefined
      ? ''
      : `<p style="margin:24px 0"><a href="${escaped(action.url)}">${escaped(action.label)}</a></p>`;
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head>` +
    '<body style="font-family:Segoe UI,system-ui,sans-serif;font-size:15px;line-height:1.45">' +
    `<p style="font-size:17px">${escaped(lead)}</p>` +
    `<table style="border-collapse:collapse">${rows.join('')}</table>${button}` +
    `<p style="opacity:.75">${escaped(signature)}</p></body></html>`
  );
}

const signature = 'Sent by Sallyport. Nobody reads answers to this address.';

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
