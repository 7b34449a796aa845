/** How much the mock takes, keeps and works on, so that no request decides how much memory or time it costs. */
import { catalogue } from "../../generated/catalogue.js";

/** The largest request body that the gateway takes, in bytes. */
export const largestBody = catalogue.maxBodyBytes;
/** The largest body that takes no share of `largeBodyBytes`, in bytes. Larger ones are parsed and checked one after another. */
export const largestWithoutShare = 2 ** 18;
/** The large bodies that are held at a time, in bytes: four of the largest, since a parsed body can take several times its size. */
export const largeBodyBytes = 4 * largestBody;
/** Milliseconds of real time for which a caller may keep the mock waiting for its body, all in all. */
export const bodyTimeout = 60_000;
/** In bytes. The gateway takes 32 kB in one header, and Node no more than 16 kB in all by default. */
export const largestHeaders = 2 ** 17;
/** The largest body that the control interface takes, in bytes. */
export const largestControlBody = 2 ** 20;

/** The deepest nesting of data that is looked into. To compare, copy or write deeper data as JSON could overflow the stack. */
export const deepest = 500;
/** The most brackets, commas and colons that are parsed. Values of which there are more take seconds, in which nothing else is answered. */
export const mostMarks = 1_000_000;
/**
 * Up to this many bytes, every fault of a body is found. There can be a fault for every second byte, and Prism takes
 * about 400 bytes of memory and 4 µs for each, so a larger body is only checked up to the first one. Other requests wait
 * while a body is checked.
 */
export const fullCheckLimit = 2 ** 12;

/** What the record keeps of the past, in requests and in bytes. */
export const mostKept = { requests: 1000, bytes: 2 ** 24 };
/** Up to this many characters of a body are recorded. */
export const longestRecordedBody = 2 ** 16;
/** Up to this many violations of a request are recorded, and of each this many characters. */
export const mostViolations = 20;
export const longestMessage = 500;
/** Up to this many wrong requests are remembered beyond the record, for `verify()`. */
export const mostDropped = 20;

/** The most resources that are remembered, and the most bytes that they take as JSON; the oldest is forgotten first. */
export const mostResources = 10_000;
export const mostResourceBytes = 2 ** 25;
/** The longest value of a resource that is kept, as JSON, in characters. Longer ones are left out of `backups`. */
export const longestValue = 2 ** 13;
