import { type Html, html } from "../html.js";

export interface Row {
  /** The address of the row, if others link to it. */
  id?: string;
  cells: Html[];
}

/** A table where there is room, and a card for each row where there is none: each cell carries the title of its column. */
export function table(caption: string, columns: string[], rows: Row[]): Html {
  const head = columns.map((column) => html`<th scope="col">${column}</th>`);
  const body = rows.map(({ id, cells }) => {
    const all = cells.map((cell, index) => {
      // The first cell of a card is its title, and a single one below it needs none either.
      const label = index > 0 && columns.length > 2 && html` data-label="${columns[index]}"`;
      return html`<td${label}>${cell}</td>`;
    });
    return html`<tr${id && html` id="${id}"`}>${all}</tr>`;
  });
  return html`<table><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>\n`;
}
