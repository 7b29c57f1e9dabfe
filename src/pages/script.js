// Sends the forms without a reload, and tells the page and other tabs. Without it, the forms work.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('cookie-consent') : null;

  // Shows a consent wherever the page has something of it.
  const show = (consent, answered) => {
    const granted = (id) => consent.decided
      && (consent.categories[id] ?? consent.services[id])?.decision === 'granted';
    for (const banner of all('[data-tcc-banner]')) {
      if (banner === answered) continue;
      banner.hidden = consent.decided;
      banner.firstElementChild.hidden = false;
      banner.lastElementChild.hidden = true;
    }
    for (const box of all('[data-tcc-form] [name=grant]')) box.checked = granted(box.value);
    for (const shown of all('[data-tcc-form] [name=shown]')) shown.disabled = !granted(shown.value);
    for (const button of all('[data-tcc-withdraw]')) button.hidden = !consent.decided;
    document.dispatchEvent(new CustomEvent('cookie-consent', { detail: consent }));
  };

  // Says what was done: in the banner, which the keyboard then stands in, or above the preferences.
  const say = (form, text) => {
    const banner = form.closest('[data-tcc-banner]');
    if (!banner) {
      const state = form.querySelector('[role=status]');
      state.textContent = text;
      state.scrollIntoView({ block: 'nearest' });
      return;
    }
    const done = banner.lastElementChild;
    done.firstElementChild.textContent = text;
    form.hidden = true;
    done.hidden = false;
    done.focus();
  };

  // The browser's own way, where a policy of the site forbids `fetch` or the server wants to explain.
  const send = (form, button) => {
    const field = document.createElement('input');
    Object.assign(field, { type: 'hidden', name: button.name, value: button.value });
    form.append(field);
    form.submit();
    field.remove();
  };

  document.addEventListener('submit', async (event) => {
    const form = event.target;
    const button = event.submitter;
    if (!form.matches('[data-tcc-form]') || !button) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    body.set(button.name, button.value);
    try {
      const answer = await fetch(form.action, { method: 'POST', headers: { accept: 'application/json' }, body });
      if (!answer.ok) throw answer.status;
      const consent = await answer.json();
      say(form, button.dataset.tccDone);
      show(consent, form.closest('[data-tcc-banner]'));
      tabs?.postMessage(consent);
    } catch {
      send(form, button);
    }
  });

  document.addEventListener('change', (event) => {
    const box = event.target;
    if (!box.matches('[data-tcc-form] [name=grant]')) return;
    const category = box.closest('fieldset');
    if (box.matches('[data-tcc-category]')) {
      for (const other of all('[name=grant]', category)) other.checked = box.checked;
    }
    // From here on, an empty box of this category says no.
    for (const exact of all('[name=exact]', category)) exact.disabled = false;
  });

  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-tcc-hide]')) event.target.closest('[data-tcc-banner]').hidden = true;
  });

  // Only the script can close a banner without an answer.
  for (const button of all('[data-tcc-hide]')) button.hidden = false;

  // A page that the browser has kept, and shows once more, may ask what was answered since.
  addEventListener('pageshow', async (event) => {
    const form = document.querySelector('[data-tcc-form]');
    if (!event.persisted || !form) return;
    try {
      const answer = await fetch(form.action.replace(/\/?$/, '/choice'));
      if (!answer.ok) throw answer.status;
      show(await answer.json());
    } catch {
      location.reload();
    }
  });

  if (tabs) tabs.onmessage = (event) => show(event.data);
})();
