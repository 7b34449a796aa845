/** Makes an element. Text is set as text, so that nothing that was typed or received becomes HTML. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Whether a click on this leads somewhere: on a link, or on something within one. */
export function isInLink(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("a") !== null;
}
