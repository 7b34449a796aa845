/** Whether a media type is JSON, such as `application/merge-patch+json`. */
export function isJson(mediaType: string): boolean {
  return /^application\/([\w.-]+\+)?json(?![\w+.-])/i.test(mediaType);
}
