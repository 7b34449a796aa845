/** Whether a media type is JSON, such as `application/merge-patch+json`. */
export function isJsonMediaType(mediaType: string): boolean {
  return /^application\/([\w.-]+\+)?json(?![\w+.-])/i.test(mediaType);
}
