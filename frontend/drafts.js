// Keeps what is typed as a draft: a moment after the typing stops, when a row is left, when the page is.
// A part of a page marked `data-draft-url` is sent there by itself and says what became of it.
const MOMENT = 1500;
const SCOPE = "[data-draft-url]";
const states = new WeakMap();

const scopesIn = (part) => [
  ...(part.matches?.(SCOPE) ? [part] : []),
  ...part.querySelectorAll(SCOPE),
];
const formOf = (scope) => scope.closest("form");
const versionIn = (scope) => scope.querySelector('input[name$="seen_version"]');

// What stands in a part's boxes, or stood in them when the page came; never who sees which version.
function wordsIn(scope, { asItCame = false } = {}) {
  const words = new URLSearchParams();
  for (const box of scope.querySelectorAll("input, select, textarea")) {
    if (!box.name || box === versionIn(scope) || box.name === "csrfmiddlewaretoken") continue;
    if (box.type === "checkbox" || box.type === "radio") {
      if (asItCame ? box.defaultChecked : box.checked) words.append(box.name, box.value);
    } else if (box.tagName === "SELECT") {
      const chosen = [...box.options].find((option) => option.defaultSelected);
      words.append(box.name, asItCame ? (chosen?.value ?? "") : box.value);
    } else {
      words.append(box.name, asItCame ? box.defaultValue : box.value);
    }
  }
  return words;
}

function stateOf(scope) {
  if (!states.has(scope)) {
    const came = "draftUnsaved" in scope.dataset ? null : String(wordsIn(scope, { asItCame: true }));
    states.set(scope, { kept: came, timer: 0, saving: null, isStuck: false, waits: false });
  }
  return states.get(scope);
}

const isUnsaved = (scope) => String(wordsIn(scope)) !== stateOf(scope).kept;

// Whether a form needs no warning before it is left, since all in it keeps itself.
export function keepsItself(form) {
  const scopes = scopesIn(form);
  return scopes.length > 0 && !scopes.some((scope) => stateOf(scope).isStuck && isUnsaved(scope));
}

// Signing in again in another tab changes the token; the cookie has the one that counts.
function tokenFor(scope) {
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return cookie?.[1] ?? formOf(scope).elements.csrfmiddlewaretoken.value;
}

function say(scope, words, ...more) {
  scope.querySelector("[data-draft-status]")?.replaceChildren(words, ...more);
}

function later(scope, wait = MOMENT) {
  const state = stateOf(scope);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(scope), wait);
}

async function save(scope, { leaving = false } = {}) {
  const state = stateOf(scope);
  clearTimeout(state.timer);
  if (state.saving) {
    await state.saving;
    return save(scope, { leaving });
  }
  if (state.waits || !isUnsaved(scope)) return;
  state.saving = send(scope, leaving);
  await state.saving;
  state.saving = null;
}

async function send(scope, leaving) {
  const state = stateOf(scope);
  const words = wordsIn(scope);
  const body = new URLSearchParams(words);
  body.append(versionIn(scope).name, versionIn(scope).value);
  body.append("row", scope.dataset.row ?? "");
  let answer;
  try {
    answer = await fetch(scope.dataset.draftUrl, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": tokenFor(scope) },
      redirect: "manual",
      keepalive: leaving,
    });
  } catch {
    return stick(scope, "Not saved: the site does not answer. Your words are still here.");
  }
  if (answer.type === "opaqueredirect") return signedOut(scope);
  if (!answer.headers.get("Content-Type")?.startsWith("application/json")) {
    return stick(scope, "Not saved. Your words are still here: copy them and load the page again.");
  }
  const said = await answer.json();
  return answer.ok ? kept(scope, String(words), said) : refused(scope, said);
}

function kept(scope, words, said) {
  const state = stateOf(scope);
  state.kept = words;
  state.isStuck = false;
  versionIn(scope).value = said.version;
  const not = said.problems.length ? `, but not all of it: ${said.problems.join("; ")}` : "";
  say(scope, `${said.says}${not}`);
  const suggestion = scope.querySelector("[data-draft-suggestion]");
  if (suggestion && said.suggestion) suggestion.textContent = said.suggestion;
}

function refused(scope, said) {
  const state = stateOf(scope);
  stick(scope, `${said.says} ${said.problems.join(" ")}`);
  const place = scope.querySelector("[data-draft-theirs]");
  if (!said.theirs || !place) return;
  // Whose words stand is for the person to choose; until then theirs are kept and mine stay here.
  state.waits = true;
  place.innerHTML = said.theirs;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary gt-button-in-row";
  button.textContent = "Keep mine instead";
  button.addEventListener("click", () => {
    state.waits = false;
    versionIn(scope).value = said.version;
    place.replaceChildren();
    save(scope);
  });
  place.append(button);
}

function stick(scope, words, ...more) {
  stateOf(scope).isStuck = true;
  say(scope, words, ...more);
}

function signedOut(scope) {
  const link = document.createElement("a");
  link.className = "govuk-link";
  link.href = formOf(scope).dataset.signInUrl;
  link.target = "_blank";
  link.textContent = "sign in in another tab";
  stick(scope, "You are signed out: your words are still here; ", link, " and go on.");
  stateOf(scope).isSignedOut = true;
}

// Before a form is sent, what is not kept yet is: if that meets the sign-in page, nothing is lost.
async function sendKept(form, submitter) {
  const scopes = scopesIn(form);
  scopes.forEach((scope) => delete stateOf(scope).isSignedOut);
  await Promise.all(scopes.map((scope) => save(scope)));
  const out = scopes.find((scope) => stateOf(scope).isSignedOut);
  if (out) return out.scrollIntoView({ block: "center" });
  for (const box of document.getElementsByName("csrfmiddlewaretoken")) {
    box.value = tokenFor(scopes[0]);
  }
  form.dataset.sending = "yes";
  form.requestSubmit(submitter);
  delete form.dataset.sending;
}

export function keepDrafts(page) {
  const all = () => scopesIn(page);
  const typed = (event) => {
    const scope = event.target.closest?.(SCOPE);
    if (scope) later(scope);
  };
  page.addEventListener("input", typed);
  page.addEventListener("change", typed);
  page.addEventListener("focusout", (event) => {
    const scope = event.target.closest?.(SCOPE);
    if (scope && event.relatedTarget && !scope.contains(event.relatedTarget)) later(scope, 0);
  });
  page.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (form.dataset.sending || !scopesIn(form).some((s) => isUnsaved(s) && !stateOf(s).waits)) {
        return scopesIn(form).forEach((scope) => clearTimeout(stateOf(scope).timer));
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      sendKept(form, event.submitter);
    },
    true,
  );
  const tryAgain = () => all().forEach((scope) => stateOf(scope).isStuck && later(scope));
  page.addEventListener("visibilitychange", () => {
    if (page.visibilityState === "visible") return tryAgain();
    all().forEach((scope) => save(scope, { leaving: true }));
  });
  // After a sign-in in another tab, and after the browser has put back what was typed.
  window.addEventListener("focus", tryAgain);
  window.addEventListener("pageshow", () => {
    all().forEach((scope) => isUnsaved(scope) && later(scope));
  });
}
