/** A page of the reference, with a note that it is generated. */
export function document(title: string, introduction: string, ...parts: readonly string[]): string {
  return `${[
    `# ${title}`,
    '<!-- Generated from the code by `npm run docs`. Do not edit: a test compares the two. -->',
    folded(introduction),
    ...parts,
  ].join('\n\n')}\n`;
}

/** A Markdown table; cells are text as it is, but for the bar. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Breaks a paragraph into lines of at most 120 characters. */
export function folded(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 120) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}
