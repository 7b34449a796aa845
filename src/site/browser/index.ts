/** Everything that JavaScript adds to the page. The page is complete without it. */
import { connectContents } from "./contents.js";
import { addCopyButtons } from "./copy.js";
import { searchButton } from "./search.js";
import { connectTabs } from "./tabs.js";
import { themeButton } from "./theme.js";
import { connectForms } from "./try-it.js";

connectTabs();
addCopyButtons();
document.getElementById("tools")?.append(searchButton(), themeButton());
connectContents();
connectForms();
