import type { Answer, Outcome } from "./outcome.js";
import type { Fault } from "./reply.js";

/** What a fault makes of the answer that the service gives. */
export function withFault(answer: Answer, fault: Fault | undefined): Outcome {
  switch (fault) {
    case undefined:
      return answer;
    case "reset":
    case "reset-early":
      return { kind: "reset" };
    case "hang":
      return { kind: "hang" };
    case "cut":
    case "drip":
      return { ...answer, pace: fault };
    case "content-type":
      return { ...answer, headers: { ...answer.headers, "content-type": "text/plain" } };
    case "empty":
      return { ...answer, headers: { ...answer.headers, "content-length": "0" }, body: "" };
  }
}
