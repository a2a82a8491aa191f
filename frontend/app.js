import {
  Button,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  ServiceNavigation,
  SkipLink,
  createAll,
} from "govuk-frontend";
import htmx from "htmx.org/dist/htmx.esm.js";
import { keepDrafts } from "./drafts.js";
import { keepTyped } from "./keep_typed.js";
import { nameTableParts } from "./table_parts.js";

const COMPONENTS = [
  Button,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  ServiceNavigation,
  SkipLink,
];

// What is alive already says so by an error, which is no news to anybody.
function enliven() {
  COMPONENTS.forEach((component) => createAll(component, undefined, { onError() {} }));
  nameTableParts(document);
}

// GOV.UK components start only on a page that says it supports them.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
window.htmx = htmx;
enliven();
keepTyped(document);
keepDrafts(document);
document.addEventListener("htmx:after:swap", enliven);
