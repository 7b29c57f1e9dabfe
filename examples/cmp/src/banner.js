// The banner's configuration, as a site would have it without the layer. The layer reads what the
// banner writes, the cookie cc_cookie.
const reload = () => location.reload(); // the page shows what the server knows

CookieConsent.run({
  hideFromBots: false, // tests click it too
  cookie: { secure: location.protocol === "https:" },
  categories: {
    necessary: { enabled: true, readOnly: true },
    functionality: {},
    analytics: {
      services: { ga: { label: "Google Analytics" }, hotjar: { label: "Hotjar" } },
    },
  },
  onFirstConsent: reload,
  onChange: reload,
  language: {
    default: "en",
    translations: {
      en: {
        consentModal: {
          title: "Cookies",
          description: "May we?",
          acceptAllBtn: "Accept all",
          acceptNecessaryBtn: "Reject all",
          showPreferencesBtn: "Choose",
        },
        preferencesModal: {
          title: "Cookies",
          acceptAllBtn: "Accept all",
          acceptNecessaryBtn: "Reject all",
          savePreferencesBtn: "Save",
          closeIconLabel: "Close",
          sections: [
            { title: "Necessary", linkedCategory: "necessary" },
            { title: "Functional", linkedCategory: "functionality" },
            { title: "Analytics", linkedCategory: "analytics" },
          ],
        },
      },
    },
  },
});
