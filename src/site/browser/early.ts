/** Runs in the head, so that it counts for the first paint. */
import { layOutLater } from "./sections.js";
import { remembered } from "./store.js";

const theme = remembered("theme");
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
layOutLater();
