/** Runs in the head, so that the first paint already has the theme that the reader chose. */
import { remembered } from "./store.js";

const theme = remembered("theme");
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
