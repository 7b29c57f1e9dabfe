//! The table of all consent-management platforms (CMPs).

/// Passes the table of all CMPs to another macro.
///
/// The row of a CMP has:
///
/// - its documentation, and its variant of [`Cmp`];
/// - `name`: its name in a registry file;
/// - `format`: the module of `crate::cmp::formats` that reads its cookies;
/// - `carriers`: the names of the cookies that carry the choice, in the forms that [`has_form`]
///   matches. The list is empty if there are several such cookies, whose names a site cannot
///   change;
/// - `beside`: the names of the CMP's other cookies (rule R8): those that are read too, and those
///   that its vendor documents;
/// - `states_time`: whether its cookies state when the visitor chose (rule R7);
/// - `states_revision`: whether they state a revision of the site's banner or policy (rule R7);
/// - `usually`: the usual meanings of the CMP's own ids, each list sorted by bytes or, if it is long,
///   by length and then by bytes.
///
/// To add a CMP, add a row here, a file in `src/cmp/formats`, and a line in the table of
/// `src/docs/cmps.md`.
macro_rules! with_cmps {
    ($then:ident) => {
        $then! {
            /// ASP.NET Core's `.AspNet.Consent`.
            AspNet {
                name: "aspnet", format: aspnet,
                carriers: [".AspNet.Consent"],
                states_time: false, states_revision: false,
            }
            /// Axeptio.
            Axeptio {
                name: "axeptio", format: axeptio,
                carriers: ["axeptio_cookies"],
                beside: [
                    "axeptio_authorized_vendors", "axeptio_all_vendors", "axeptio_gpp_string",
                    "_ax_token",
                ],
                states_time: true, states_revision: true,
            }
            /// Borlabs Cookie, versions 2 and 3.
            Borlabs {
                name: "borlabs", format: borlabs,
                carriers: ["borlabs-cookie"],
                states_time: false, states_revision: true,
                usually: [
                    Necessary = &["essential"],
                    Functional = &["external-media"],
                    Analytics = &["statistics"],
                    Marketing = &["marketing"],
                ],
            }
            /// c15t.
            C15t {
                name: "c15t", format: c15t,
                carriers: ["c15t"],
                states_time: true, states_revision: false,
                usually: [
                    Necessary = &["necessary"],
                    Functional = &["functionality"],
                    Analytics = &["measurement"],
                    Marketing = &["marketing"],
                ],
            }
            /// Civic's Cookie Control, version 9.
            Civic {
                name: "civic", format: civic,
                carriers: ["CookieControl"],
                states_time: true, states_revision: false,
            }
            /// Complianz.
            Complianz {
                name: "complianz", format: complianz,
                carriers: [],
                beside: [
                    "cmplz_functional", "cmplz_preferences", "cmplz_statistics", "cmplz_marketing",
                    "cmplz_banner-status", "cmplz_policy_id", "cmplz_consented_services",
                    "cmplz_saved_categories", "cmplz_saved_services", "cmplz_id",
                    "cmplz_consent_mode", "cmplz_rt_functional", "cmplz_rt_preferences",
                    "cmplz_rt_statistics", "cmplz_rt_marketing", "cmplz_rt_banner-status",
                    "cmplz_rt_policy_id", "cmplz_rt_consented_services",
                    "cmplz_rt_saved_categories", "cmplz_rt_saved_services", "cmplz_rt_id",
                    "cmplz_rt_consent_mode", "cmplz_choice", "cmplz_consent_status", "cmplz_all",
                    "cmplz_stats", "cmplz_statistics-anonymous", "cmplz_event_*",
                ],
                states_time: false, states_revision: true,
                usually: [
                    Necessary = &["functional"],
                    Functional = &["preferences"],
                    Analytics = &["statistics"],
                    Marketing = &["marketing"],
                ],
            }
            /// consentmanager.net.
            Consentmanager {
                name: "consentmanager", format: consentmanager,
                carriers: ["__cmpccc#", "__cmpcccs#", "__cmpcccu#", "__cmpcccx#"],
                beside: [
                    "__cmpconsent#", "__cmpconsents#", "__cmpconsentu#", "__cmpconsentx#",
                    "__cmpcpc#", "__cmpcpcs#", "__cmpcpcu#", "__cmpcpcx#", "__cmpcvc#",
                    "__cmpcvcs#", "__cmpcvcu#", "__cmpcvcx#", "__cmpwels#", "__cmpwelu#",
                    "__cmpwelx#", "__cmpcc", "__cmpccx", "__cmpcpc", "__cmpcvc", "__cmpfcc",
                    "__cmpiab", "__cmpiabc", "__cmpiabcli", "__cmpiabli", "__cmpiuid", "__cmpld",
                ],
                states_time: true, states_revision: false,
                usually: [Analytics = &["analytics"], Marketing = &["marketing"]],
            }
            /// Cookiebot.
            Cookiebot {
                name: "cookiebot", format: cookiebot,
                carriers: ["CookieConsent"],
                beside: ["CookieConsentBulkTicket"],
                states_time: true, states_revision: true,
                usually: [
                    Necessary = &["necessary"],
                    Functional = &["preferences"],
                    Analytics = &["statistics"],
                    Marketing = &["marketing"],
                ],
            }
            /// CookieFirst.
            CookieFirst {
                name: "cookiefirst", format: cookiefirst,
                carriers: ["cookiefirst-consent"],
                beside: ["cookiefirst-id"],
                states_time: true, states_revision: true,
                usually: [
                    Necessary = &["necessary"],
                    Functional = &["functional"],
                    Analytics = &["performance"],
                    Marketing = &["advertising"],
                ],
            }
            /// Cookie Information.
            CookieInformation {
                name: "cookie-information", format: cookie_information,
                carriers: ["CookieInformationConsent"],
                states_time: true, states_revision: false,
                usually: [
                    Necessary = &["cookie_cat_necessary"],
                    Functional = &["cookie_cat_functional"],
                    Analytics = &["cookie_cat_statistic"],
                    Marketing = &["cookie_cat_marketing"],
                ],
            }
            /// Cookie Notice by Hu-manity.
            CookieNotice {
                name: "cookie-notice", format: cookie_notice,
                carriers: ["cookie_notice_accepted", "hu-consent"],
                states_time: true, states_revision: false,
            }
            /// CookieScript.
            CookieScript {
                name: "cookie-script", format: cookie_script,
                carriers: ["CookieScriptConsent"],
                states_time: true, states_revision: false,
                usually: [
                    Necessary = &["strict"],
                    Functional = &["functionality"],
                    Analytics = &["performance"],
                    Marketing = &["targeting"],
                ],
            }
            /// CookieYes, and the older GDPR Cookie Consent ("cookie law info").
            CookieYes {
                name: "cookieyes", format: cookieyes,
                carriers: ["cookieyes-consent"],
                beside: [
                    "viewed_cookie_policy", "cookielawinfo-checkbox-*", "CookieLawInfoConsent",
                    "cky-action", "cky-consent", "cookieyesID", "cookieyes-necessary",
                    "cookieyes-functional", "cookieyes-analytics", "cookieyes-performance",
                    "cookieyes-advertisement", "cookieyes-other",
                ],
                states_time: false, states_revision: false,
                usually: [
                    Necessary = &["necessary"],
                    Functional = &["functional"],
                    Analytics = &["analytics", "performance"],
                    Marketing = &["advertisement", "other"],
                ],
            }
            /// Didomi, with its TC string.
            Didomi {
                name: "didomi", format: didomi,
                carriers: ["didomi_token"],
                beside: ["didomi_dcs", "euconsent-v2"],
                states_time: true, states_revision: false,
                usually: [Analytics = &["analytics"], Marketing = &["marketing"]],
            }
            /// django-cookie-consent.
            Django {
                name: "django", format: django,
                carriers: ["cookie_consent"],
                states_time: false, states_revision: true,
            }
            /// EU Cookie Compliance, a module of Drupal.
            Drupal {
                name: "drupal", format: drupal,
                carriers: [],
                beside: ["cookie-agreed", "cookie-agreed-categories", "cookie-agreed-version"],
                states_time: false, states_revision: true,
            }
            /// The IAB's Global Privacy Platform (GPP) string.
            Gpp {
                name: "gpp", format: gpp,
                carriers: ["OTGPPConsent", "IABGPP_HDR_GppString", "__gpp", "axeptio_gpp_string"],
                beside: [
                    "usprivacy", "us_privacy", "addtl_consent", "_cmpRepromptHash", "euconsent-v2",
                    "eupubconsent-v2", "__cmpconsent#", "__cmpconsents#", "__cmpconsentu#",
                    "__cmpconsentx#", "real_cookie_banner-tcf",
                    "real_cookie_banner-v:#_blog:#_path:*-tcf",
                ],
                states_time: true, states_revision: false,
                usually: [
                    Analytics = &["analytics"],
                    Marketing = &["marketing"],
                    OptOut = OPT_OUTS,
                ],
            }
            /// HubSpot's banner.
            HubSpot {
                name: "hubspot", format: hubspot,
                carriers: ["__hs_cookie_cat_pref"],
                beside: [
                    "__hs_opt_out", "__hs_do_not_track", "__hs_initial_opt_in",
                    "__hs_gpc_banner_dismiss",
                ],
                states_time: false, states_revision: false,
                usually: [
                    Functional = &["3"],
                    Analytics = &["1"],
                    Marketing = &["2"],
                ],
            }
            /// iubenda.
            Iubenda {
                name: "iubenda", format: iubenda,
                carriers: ["_iub_cs-#", "_iub_cs-s#"],
                beside: ["_iub_cs-#-granular", "_iub_cs-s#-granular"],
                states_time: true, states_revision: false,
                usually: [
                    Necessary = &["1"],
                    Functional = &["2", "3"],
                    Analytics = &["4"],
                    Marketing = &["5"],
                ],
            }
            /// Klaro.
            Klaro {
                name: "klaro", format: klaro,
                carriers: ["klaro"],
                states_time: false, states_revision: false,
            }
            /// OneTrust, CookiePro and Optanon.
            OneTrust {
                name: "onetrust", format: onetrust,
                carriers: ["OptanonConsent"],
                beside: [
                    "OptanonAlertBoxClosed", "OptanonChoice", "OTAdditionalConsentString",
                    "OTGPPConsent", "OneTrustWPCCPAGoogleOptOut", "eupubconsent-v2", "usprivacy",
                ],
                states_time: true, states_revision: false,
                usually: [
                    Necessary = &["1", "C0001"],
                    Functional = &["3", "C0003"],
                    Analytics = &["2", "C0002"],
                    Marketing = &["4", "C0004", "C0005"],
                    OptOut = OPT_OUTS,
                ],
            }
            /// orestbida's cookieconsent ("vanilla-cookieconsent"), versions 2 and 3.
            Orestbida {
                name: "orestbida", format: orestbida,
                carriers: ["cc_cookie"],
                states_time: true, states_revision: true,
                usually: [
                    Necessary = &["necessary"],
                    Functional = &["functionality"],
                    Analytics = &["analytics"],
                    Marketing = &["ads", "marketing", "targeting"],
                ],
            }
            /// Orejime, versions 2 and 3.
            Orejime {
                name: "orejime", format: orejime,
                carriers: ["eu-consent", "orejime"],
                states_time: false, states_revision: false,
            }
            /// Osano's open-source cookieconsent, formerly Insites'.
            Osano {
                name: "osano", format: osano,
                carriers: ["cookieconsent_status"],
                states_time: false, states_revision: false,
            }
            /// Piwik PRO's Consent Manager.
            PiwikPro {
                name: "piwik-pro", format: piwik_pro,
                carriers: ["ppms_privacy_*"],
                beside: ["ppms_privacy_bar_*"],
                states_time: false, states_revision: false,
                usually: [
                    Analytics = &["analytics"],
                    Marketing = &["conversion_tracking", "marketing_automation", "remarketing"],
                ],
            }
            /// Real Cookie Banner.
            RealCookieBanner {
                name: "real-cookie-banner", format: real_cookie_banner,
                carriers: ["real_cookie_banner", "real_cookie_banner-v:#_blog:#_path:*"],
                beside: [
                    "real_cookie_banner-tcf", "real_cookie_banner-v:#_blog:#_path:*-tcf",
                    "real_cookie_banner-gcm", "real_cookie_banner-v:#_blog:#_path:*-gcm",
                ],
                states_time: true, states_revision: true,
            }
            /// spatie/laravel-cookie-consent.
            Spatie {
                name: "spatie", format: spatie,
                carriers: ["laravel_cookie_consent"],
                states_time: false, states_revision: false,
            }
            /// tarteaucitron.js.
            Tarteaucitron {
                name: "tarteaucitron", format: tarteaucitron,
                carriers: ["tarteaucitron"],
                states_time: false, states_revision: false,
                usually: [
                    Necessary = &["gcmsecurity"],
                    Functional = &["gcmfunctionality"],
                    Analytics = tarteaucitron::ANALYTICS,
                    Marketing = tarteaucitron::MARKETING,
                ],
            }
            /// The IAB's TC string by itself, as Quantcast, InMobi and others store it.
            Tcf {
                name: "tcf", format: tcf,
                carriers: [
                    "euconsent-v2", "eupubconsent-v2", "__cmpconsent#", "__cmpconsents#",
                    "__cmpconsentu#", "__cmpconsentx#", "real_cookie_banner-tcf",
                    "real_cookie_banner-v:#_blog:#_path:*-tcf",
                ],
                beside: ["IABGPP_HDR_GppString", "usprivacy", "addtl_consent", "_cmpRepromptHash"],
                states_time: true, states_revision: false,
                usually: [
                    Analytics = &["analytics"],
                    Marketing = &["marketing"],
                    OptOut = OPT_OUTS,
                ],
            }
            /// Tealium iQ's consent management.
            Tealium {
                name: "tealium", format: tealium,
                carriers: ["CONSENTMGR"],
                states_time: true, states_revision: false,
                usually: [
                    Analytics = &["analytics"],
                    Marketing = &["affiliates", "cookiematch", "display_ads"],
                    OptOut = &["sale"],
                ],
            }
            /// TrustArc, formerly TRUSTe.
            TrustArc {
                name: "trustarc", format: trustarc,
                carriers: ["notice_gdpr_prefs"],
                beside: [
                    "notice_preferences", "notice_behavior", "cmapi_cookie_privacy",
                    "cmapi_gtm_bl", "notice_poptime",
                ],
                states_time: false, states_revision: false,
                usually: [
                    Necessary = &["0"],
                    Functional = &["1"],
                    Marketing = &["2"],
                ],
            }
            /// Commanders Act's TrustCommander.
            TrustCommander {
                name: "trustcommander", format: trustcommander,
                carriers: ["TC_PRIVACY"],
                beside: ["TC_PRIVACY_CENTER"],
                states_time: true, states_revision: true,
            }
            /// whitecube/laravel-cookie-consent, where Laravel does not encrypt it.
            Whitecube {
                name: "whitecube", format: whitecube,
                carriers: ["laravel_cookie_consent"],
                states_time: true, states_revision: false,
            }
        }
    };
}
pub(crate) use with_cmps;
