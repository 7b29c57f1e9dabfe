// Strings that the IAB's own packages encode, each with what a reader is to make of it.
//
//   npm install --prefix tests/cmp/iab
//   node tests/cmp/iab/generate.mjs [of-each-kind]
//
// Writes one JSON object a line: `cookie` and `string` are the name and the value of the cookie,
// `fields` says what was encoded, for people, and `want` is what to read:
//
//   decided   whether the visitor answered; what is refused counts without it
//   granted   ids that are granted
//   refused   ids that are refused; `gpc` is a category that the registry marks for `Sec-GPC`
//   time      when the choice was made, in seconds; null if the string does not say
//
// What is wanted follows from the fields that were set, and never from the string. The same
// argument gives the same strings; samples.jsonl is what 15 of each kind are.

import { GppModel } from '@iabgpp/cmpapi';
import { GVL, PurposeRestriction, RestrictionType, TCModel, TCString } from '@iabtcf/core';

const OF_EACH_KIND = Number(process.argv[2] ?? 1000);
const DAY = 86_400;
/** 2026-11-21. */
const TODAY = 1_795_219_200;

let seed = 20_261_121;
/** A whole number below `limit` (mulberry32). */
const random = limit => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * limit);
};
const pick = list => list[random(list.length)];
const chance = percent => random(100) < percent;
const some = list => list.filter(() => chance(50));

// What is wanted ----------------------------------------------------------------------------------

const ANALYTICS = [7, 8, 9];
const MARKETING = [2, 3, 4];
const PURPOSES = [...Array(11)].map((_, at) => at + 1);

/** What sections say together: a refusal of one refuses, and what one leaves open is not granted. */
class Wanted {
  #said = new Map();
  #times = [];
  #answered = false;
  #readable = true;

  say(id, decision) {
    this.#said.set(id, [...(this.#said.get(id) ?? []), decision]);
  }

  answer(time) {
    this.#answered = true;
    this.#times.push(time);
  }

  unreadable() {
    this.#readable = false;
  }

  /** `decision` gives true, false, or null for a purpose that the visitor has not decided on. */
  purposes(decision) {
    const any = numbers => {
      const decisions = numbers.map(decision);
      return decisions.includes(true) ? true : decisions.includes(null) ? null : false;
    };
    for (const number of PURPOSES) this.say(`purpose:${number}`, decision(number));
    this.say('analytics', any(ANALYTICS));
    this.say('marketing', any(MARKETING));
  }

  toJSON() {
    const decided = this.#answered && this.#readable;
    const ids = [...this.#said.keys()];
    const refused = ids.filter(id => this.#said.get(id).includes(false));
    const granted = decided ? ids.filter(id => this.#said.get(id).every(it => it === true)) : [];
    return { decided, granted, refused, time: this.#times.length ? Math.min(...this.#times) : null };
  }
}

const line = (cookie, string, fields, wanted) => ({ cookie, string, fields, want: wanted.toJSON() });

// TC strings of @iabtcf/core ----------------------------------------------------------------------

const vendorList = policy =>
  new GVL({
    gvlSpecificationVersion: 3,
    vendorListVersion: 1 + random(4000),
    tcfPolicyVersion: policy,
    lastUpdated: '2026-01-01T00:00:00Z',
    purposes: Object.fromEntries(PURPOSES.map(id => [id, { id, name: '', description: '' }])),
    specialPurposes: {},
    features: {},
    specialFeatures: { 1: { id: 1 }, 2: { id: 2 } },
    stacks: {},
    vendors: Object.fromEntries(
      some([1, 2, 3, 28, 52, 755, 1000]).map(id => [
        id,
        {
          id,
          name: '',
          purposes: [1, 2, 3, 4],
          legIntPurposes: [7, 8, 9, 10],
          flexiblePurposes: [2, 7, 9],
          specialPurposes: [],
          features: [],
          specialFeatures: [1],
        },
      ]),
    ),
  });

const europeanPurposes = (wanted, consents) =>
  wanted.purposes(number => consents.includes(1) && consents.includes(number));

const tcString = () => {
  const policy = pick([2, 3, 4, 5]);
  const model = new TCModel(vendorList(policy));
  const version = chance(4) ? 1 : 2;
  const created = TODAY - random(700) * DAY;
  const updated = created + random(30) * DAY;
  const consents = chance(10) ? [] : chance(10) ? PURPOSES : some(PURPOSES);
  model.cmpId = 2 + random(4000);
  model.cmpVersion = 1 + random(4000);
  model.consentScreen = random(64);
  model.consentLanguage = pick(['EN', 'FR', 'DE', 'PL']);
  model.publisherCountryCode = pick(['FR', 'DE', 'AA']);
  model.isServiceSpecific = !chance(8);
  model.useNonStandardTexts = chance(20);
  model.purposeOneTreatment = chance(20);
  model.created = new Date(created * 1000);
  model.lastUpdated = new Date(updated * 1000);
  model.purposeConsents.set(consents);
  model.purposeLegitimateInterests.set(some([2, 7, 8, 9, 10, 11]));
  model.specialFeatureOptins.set(some([1, 2]));
  const vendors = Object.keys(model.gvl.vendors).map(Number);
  model.vendorConsents.set(some(vendors));
  model.vendorLegitimateInterests.set(some(vendors));
  if (chance(60)) model.vendorsDisclosed.set(vendors);
  if (chance(50)) {
    model.publisherConsents.set(some(PURPOSES));
    model.publisherLegitimateInterests.set(some([2, 7]));
    model.numCustomPurposes = random(4);
  }
  if (chance(30) && vendors.length) {
    const type = pick([RestrictionType.NOT_ALLOWED, RestrictionType.REQUIRE_CONSENT]);
    model.publisherRestrictions.add(pick(vendors), new PurposeRestriction(pick([2, 7]), type));
  }
  const string = TCString.encode(model, { version });
  const wanted = new Wanted();
  const counts = version === 2 && model.isServiceSpecific;
  if (counts) {
    europeanPurposes(wanted, consents);
    wanted.answer(updated);
  }
  const scope = model.isServiceSpecific ? 'of the service' : 'global';
  const fields = `tcf ${version}, policy ${policy}, ${scope}, consents ${consents}`;
  return { string, counts, consents, updated, fields, wanted };
};

const tcLine = () => {
  const { string, fields, wanted } = tcString();
  return line(pick(['euconsent-v2', 'eupubconsent-v2']), string, fields, wanted);
};

// Sections of a GPP string, by @iabgpp/cmpapi -----------------------------------------------------

const bits = numbers => [...Array(24)].map((_, at) => numbers.includes(at + 1));

/** Sets fields of one section, of which the times are last: setting others moves them. */
const setFields = (model, section, values) => {
  for (const [field, value] of Object.entries(values)) model.setFieldValue(section, field, value);
};

const europe = (model, wanted) => {
  // Some are the string of the other package.
  if (chance(50)) {
    const tc = tcString();
    model.decodeSection('tcfeuv2', tc.string);
    if (!tc.counts) throw new Error('drawn again');
    europeanPurposes(wanted, tc.consents);
    wanted.answer(tc.updated);
    return tc.fields;
  }
  const consents = some(PURPOSES);
  const updated = TODAY - random(400) * DAY;
  setFields(model, 'tcfeuv2', {
    CmpId: 2 + random(4000),
    PolicyVersion: pick([4, 5]),
    ConsentLanguage: 'FR',
    IsServiceSpecific: true,
    PurposeConsents: bits(consents),
    PurposeLegitimateInterests: bits(some([2, 7, 8])),
    VendorConsents: some([2, 3, 5, 6, 7, 755]),
    Created: new Date(updated * 1000),
    LastUpdated: new Date(updated * 1000),
  });
  europeanPurposes(wanted, consents);
  wanted.answer(updated);
  return `tcfeuv2 consents ${consents}`;
};

const canada = (model, wanted) => {
  const express = some(PURPOSES);
  const implied = some(PURPOSES);
  const updated = TODAY - random(400) * DAY;
  setFields(model, 'tcfcav1', {
    CmpId: 2 + random(4000),
    ConsentLanguage: 'FR',
    UseNonStandardStacks: chance(20),
    SpecialFeatureExpressConsent: bits(some([1, 2])).slice(0, 12),
    PurposesExpressConsent: bits(express),
    PurposesImpliedConsent: bits(implied),
    VendorExpressConsent: some([2, 3, 12, 13, 14, 755]),
    Created: new Date(updated * 1000),
    LastUpdated: new Date(updated * 1000),
  });
  // Canada does not ask for purpose 1.
  wanted.purposes(number =>
    number === 1 ? null : express.includes(number) ? true : implied.includes(number) ? null : false,
  );
  wanted.answer(updated);
  return `tcfcav1 express ${express} implied ${implied}`;
};

const usPrivacyString = wanted => {
  const string = `1${pick('YN-')}${pick('YN-')}${pick('YN-')}`;
  if (string[2] === 'Y') wanted.say('sale', false);
  return string;
};

const usPrivacy = (model, wanted) => {
  const [, notice, optOutSale, lspa] = usPrivacyString(wanted);
  setFields(model, 'uspv1', { Notice: notice, OptOutSale: optOutSale, LspaCovered: lspa });
  return `uspv1 1${notice}${optOutSale}${lspa}`;
};

const OPT_OUTS = {
  SaleOptOut: 'sale',
  SharingOptOut: 'sharing',
  TargetedAdvertisingOptOut: 'targeted_advertising',
};
const CHILD = 'KnownChildSensitiveDataConsents';
const STATES = [
  ...['usnat', 'usca', 'usva', 'usco', 'usut', 'usct', 'usfl', 'usmt', 'usor', 'ustx', 'usde'],
  ...['usia', 'usne', 'usnh', 'usnj', 'ustn', 'usmn', 'usmd', 'usin', 'usky', 'usri'],
];

/** Every field of the section gets a value; `optOuts` chooses those that matter most. */
const unitedStates = (model, wanted, section, optOuts = () => random(3)) => {
  // The section comes to be by setting a field that all of them have.
  model.setFieldValue(section, 'SaleOptOut', 0);
  const version = section === 'usnat' ? pick([1, 2]) : 1;
  const said = [];
  for (const [field, value] of Object.entries(model.getSection(section))) {
    if (['MspaVersion', 'GpcSegmentType', 'GpcSegmentIncluded', 'Gpc'].includes(field)) continue;
    const each = draw => (Array.isArray(value) ? value.map(draw) : draw());
    let drawn;
    if (field === 'Version') drawn = version;
    else if (field === 'MspaCoveredTransaction') drawn = pick([1, 2]);
    else if (field in OPT_OUTS) drawn = optOuts(field);
    // Children are few, so that what is read beside them is seen.
    else if (field === CHILD) drawn = each(() => (chance(8) ? pick([1, 2]) : 0));
    else drawn = each(() => random(3));
    // Version 1 of the national section has fewer fields of two kinds.
    if (section === 'usnat' && version === 1) {
      if (field === 'SensitiveDataProcessing') drawn.fill(0, 12);
      if (field === CHILD) drawn.fill(0, 2);
    }
    model.setFieldValue(section, field, drawn);
    if (field in OPT_OUTS) {
      said.push(`${field} ${drawn}`);
      if (drawn === 1) wanted.say(OPT_OUTS[field], false);
    } else if (field === CHILD && [drawn].flat().includes(1)) {
      said.push(`${field} ${drawn}`);
      wanted.say('known_child', false);
    }
  }
  const gpc = pick([null, false, true]);
  if ('Gpc' in model.getSection(section)) {
    model.setFieldValue(section, 'GpcSegmentIncluded', gpc !== null);
    if (gpc !== null) model.setFieldValue(section, 'Gpc', gpc);
    if (gpc) wanted.say('gpc', false);
    if (gpc !== null) said.push(`Gpc ${gpc}`);
  }
  return `${section} ${version} ${said.join(' ')}`;
};

/** The names under which GPP strings are stored. */
const COOKIES = ['OTGPPConsent', 'IABGPP_HDR_GppString', '__gpp', 'axeptio_gpp_string'];

const gppLine = sections => {
  const model = new GppModel();
  const wanted = new Wanted();
  const fields = sections.map(section => section(model, wanted)).join('; ');
  let string = model.encode();
  // The package reads what it wrote.
  const again = new GppModel(string);
  if (JSON.stringify(again.getSectionIds()) !== JSON.stringify(model.getSectionIds())) {
    throw new Error(`${string} has other sections`);
  }
  // More padding, as other encoders write it.
  if (chance(20)) string = string.replace(/~/, pick(['A~', 'AA~', '=~', '==~']));
  return line(pick(COOKIES), string, fields, wanted);
};

const state = (section, optOuts) => (model, wanted) => unitedStates(model, wanted, section, optOuts);

/** Every combination of the opt-outs of each section. */
function* everyOptOut() {
  for (const section of STATES) {
    const model = new GppModel();
    model.setFieldValue(section, 'SaleOptOut', 0);
    const fields = Object.keys(OPT_OUTS).filter(field => field in model.getSection(section));
    for (let code = 0; code < 3 ** fields.length; code++) {
      const value = field => Math.floor(code / 3 ** fields.indexOf(field)) % 3;
      yield gppLine([state(section, value)]);
    }
  }
}

const drawnSections = () => {
  const sections = [];
  if (chance(40)) sections.push(europe);
  if (chance(20)) sections.push(canada);
  if (chance(30)) sections.push(usPrivacy);
  const states = STATES.filter(() => chance(pick([5, 5, 40])));
  return sections.concat(states.map(section => state(section)));
};

const usPrivacyLine = () => {
  const wanted = new Wanted();
  const string = usPrivacyString(wanted);
  return line(pick(['usprivacy', 'us_privacy']), string, string, wanted);
};

/** Draws until the packages encode it, since they refuse some combinations. */
const drawn = draw => {
  for (let tries = 0; tries < 100; tries++) {
    try {
      return draw();
    } catch (error) {
      if (error.message !== 'drawn again') throw error;
    }
  }
  throw new Error('nothing could be drawn');
};

const write = object => process.stdout.write(`${JSON.stringify(object)}\n`);
for (const object of everyOptOut()) write(object);
for (let count = 0; count < OF_EACH_KIND; count++) {
  write(tcLine());
  write(drawn(() => gppLine(drawnSections())));
  write(drawn(() => gppLine([pick([europe, canada])])));
  write(gppLine([state(pick(STATES))]));
}
for (let count = 0; count < OF_EACH_KIND / 20; count++) write(usPrivacyLine());
