/** Calendars of Europe. Sources: ECB (TARGET), Bank of England, Deutsche Börse, Euronext, Borsa Italiana and national laws. */
import type { CalendarDefinition } from './business-calendar';
import { dayFrom, weekdayOf } from './date';
import {
  between,
  dated,
  easter,
  except,
  fixed,
  type HolidayRule,
  nth,
  once,
  pairToWeekdays,
  since,
  toMonday,
  until,
} from './holiday-rules';

const goodFriday = easter(-2);
const easterMonday = easter(1);
const ascension = easter(39);
const whitMonday = easter(50);
const newYear = fixed(1, 1);
const labourDay = fixed(5, 1);
const christmasEve = fixed(12, 24);
const christmas = fixed(12, 25);
const boxing = fixed(12, 26);
const newYearsEve = fixed(12, 31);

const target: CalendarDefinition = {
  name: 'TARGET',
  rules: [
    newYear,
    since(2000, goodFriday),
    since(2000, easterMonday),
    since(2000, labourDay),
    christmas,
    since(2000, boxing),
    once('1998-12-31', '1999-12-31', '2001-12-31'),
  ],
};

const jubilees = once('1999-12-31', '2011-04-29', '2012-06-05', '2022-06-03', '2022-09-19', '2023-05-08');
const earlyMay = except([1995, 2020], nth(1, 1, 5));
const springBank = except([2002, 2012, 2022], nth(-1, 1, 5));
const londonRules: readonly HolidayRule[] = [
  toMonday(newYear),
  goodFriday,
  easterMonday,
  earlyMay,
  once('1995-05-08', '2020-05-08'),
  springBank,
  once('2002-06-03', '2002-06-04', '2012-06-04', '2022-06-02'),
  nth(-1, 1, 8),
  pairToWeekdays(12, 25),
  jubilees,
];
const london = (market: string): CalendarDefinition => ({
  name: `UnitedKingdom:${market}`,
  rules: londonRules,
});

const frankfurtRules: readonly HolidayRule[] = [
  newYear,
  goodFriday,
  easterMonday,
  labourDay,
  christmasEve,
  christmas,
  boxing,
];
const germany: readonly CalendarDefinition[] = [
  {
    name: 'Germany:Settlement',
    rules: [
      newYear,
      goodFriday,
      easterMonday,
      ascension,
      whitMonday,
      easter(60),
      labourDay,
      fixed(10, 3),
      christmasEve,
      christmas,
      boxing,
    ],
  },
  { name: 'Germany:FrankfurtStockExchange', rules: frankfurtRules },
  { name: 'Germany:Xetra', rules: frankfurtRules },
  { name: 'Germany:Eurex', rules: [...frankfurtRules, newYearsEve] },
  {
    name: 'Germany:Euwax',
    rules: [newYear, goodFriday, easterMonday, labourDay, whitMonday, christmasEve, christmas, boxing],
  },
];

const italy: readonly CalendarDefinition[] = [
  {
    name: 'Italy:Settlement',
    rules: [
      newYear,
      fixed(1, 6),
      easterMonday,
      fixed(4, 25),
      labourDay,
      since(2001, fixed(6, 2)),
      once('2011-03-17'),
      fixed(8, 15),
      since(2026, fixed(10, 4)),
      fixed(11, 1),
      fixed(12, 8),
      christmas,
      boxing,
      once('1999-12-31'),
    ],
  },
  {
    name: 'Italy:Exchange',
    rules: [
      newYear,
      goodFriday,
      easterMonday,
      labourDay,
      fixed(8, 15),
      christmasEve,
      christmas,
      boxing,
      newYearsEve,
    ],
  },
];

const france: readonly CalendarDefinition[] = [
  {
    name: 'France:Settlement',
    rules: [
      newYear,
      easterMonday,
      labourDay,
      fixed(5, 8),
      ascension,
      whitMonday,
      fixed(7, 14),
      fixed(8, 15),
      fixed(11, 1),
      fixed(11, 11),
      christmas,
    ],
  },
  {
    name: 'France:Exchange',
    rules: [newYear, goodFriday, easterMonday, labourDay, christmasEve, christmas, boxing, newYearsEve],
  },
];

const midsummerEve: HolidayRule = (year) => {
  const day = dayFrom(year, 6, 19);
  return [day + ((5 - weekdayOf(day) + 7) % 7)];
};

const nordic: readonly CalendarDefinition[] = [
  {
    name: 'Denmark',
    rules: [
      easter(-3),
      goodFriday,
      easterMonday,
      until(2023, easter(26)),
      ascension,
      since(2009, easter(40)),
      whitMonday,
      newYear,
      fixed(6, 5),
      christmasEve,
      christmas,
      boxing,
      newYearsEve,
    ],
  },
  {
    name: 'Norway',
    rules: [
      easter(-3),
      goodFriday,
      easterMonday,
      ascension,
      whitMonday,
      newYear,
      labourDay,
      fixed(5, 17),
      christmas,
      boxing,
      since(2002, christmasEve),
    ],
  },
  {
    name: 'Sweden',
    rules: [
      goodFriday,
      easterMonday,
      ascension,
      until(2004, whitMonday),
      newYear,
      fixed(1, 6),
      labourDay,
      since(2005, fixed(6, 6)),
      midsummerEve,
      christmasEve,
      christmas,
      boxing,
      newYearsEve,
    ],
  },
  {
    name: 'Finland',
    rules: [
      goodFriday,
      easterMonday,
      ascension,
      newYear,
      fixed(1, 6),
      labourDay,
      midsummerEve,
      fixed(12, 6),
      christmasEve,
      christmas,
      boxing,
    ],
  },
];

const switzerland: CalendarDefinition = {
  name: 'Switzerland',
  rules: [
    newYear,
    fixed(1, 2),
    goodFriday,
    easterMonday,
    ascension,
    whitMonday,
    labourDay,
    fixed(8, 1),
    christmas,
    boxing,
  ],
};
const austria: CalendarDefinition = {
  name: 'Austria:Settlement',
  rules: [
    newYear,
    fixed(1, 6),
    easterMonday,
    ascension,
    whitMonday,
    easter(60),
    labourDay,
    fixed(8, 15),
    since(1967, fixed(10, 26)),
    between(1919, 1934, fixed(11, 12)),
    fixed(11, 1),
    fixed(12, 8),
    christmas,
    boxing,
  ],
};
const czechia: CalendarDefinition = {
  name: 'CzechRepublic',
  rules: [
    newYear,
    since(2016, goodFriday),
    easterMonday,
    labourDay,
    fixed(5, 8),
    fixed(7, 5),
    fixed(7, 6),
    fixed(9, 28),
    fixed(10, 28),
    fixed(11, 17),
    christmasEve,
    christmas,
    boxing,
    once('2004-01-02', '2004-12-31'),
  ],
};
const poland: CalendarDefinition = {
  name: 'Poland:Settlement',
  rules: [
    newYear,
    since(2011, fixed(1, 6)),
    easterMonday,
    easter(60),
    labourDay,
    fixed(5, 3),
    fixed(8, 15),
    fixed(11, 1),
    fixed(11, 11),
    since(2025, christmasEve),
    christmas,
    boxing,
    once('2018-11-12'),
  ],
};
const hungary: CalendarDefinition = {
  name: 'Hungary',
  rules: [
    since(2017, goodFriday),
    easterMonday,
    whitMonday,
    newYear,
    fixed(3, 15),
    labourDay,
    fixed(8, 20),
    fixed(10, 23),
    fixed(11, 1),
    since(1992, except([1996], christmasEve)),
    christmas,
    boxing,
    // Days between a holiday and a weekend, worked off on a Saturday, as each year's decree has them.
    dated({
      1991: '0819',
      1992: '0821',
      1994: '0314',
      1997: '0502 1024',
      1998: '0102 0821',
      2001: '0316 0430 1022 1102 1231',
      2002: '0819',
      2003: '0502 1024',
      2004: '0102',
      2005: '0314 1031',
      2007: '0316 0430 1022 1102 1231',
      2008: '0502 1024',
      2009: '0102 0821',
      2011: '0314 1031',
      2012: '0316 0430 1022 1102 1231',
      2013: '0819 1227',
      2014: '0502 1024',
      2015: '0102 0821',
      2016: '0314 1031',
      2018: '0316 0430 1022 1102 1231',
      2019: '0819 1227',
      2020: '0821',
      2022: '0314 1031',
      2024: '0819 1227',
      2025: '0502 1024',
      2026: '0102 0821',
    }),
  ],
};

const malta: CalendarDefinition = {
  name: 'Malta',
  rules: [
    newYear,
    fixed(2, 10),
    fixed(3, 19),
    fixed(3, 31),
    goodFriday,
    easterMonday,
    labourDay,
    fixed(6, 7),
    fixed(6, 29),
    fixed(8, 15),
    fixed(9, 8),
    fixed(9, 21),
    fixed(12, 8),
    fixed(12, 13),
    christmasEve,
    christmas,
    boxing,
    newYearsEve,
  ],
};

const slovenia: CalendarDefinition = {
  name: 'Slovenia',
  rules: [
    newYear,
    fixed(1, 2),
    goodFriday,
    easterMonday,
    labourDay,
    fixed(5, 2),
    fixed(6, 25),
    fixed(8, 15),
    fixed(10, 31),
    christmasEve,
    christmas,
    boxing,
    newYearsEve,
  ],
};

export const europeanCalendars: readonly CalendarDefinition[] = [
  target,
  london('Settlement'),
  london('Exchange'),
  london('Metals'),
  ...germany,
  ...italy,
  ...france,
  ...nordic,
  switzerland,
  austria,
  czechia,
  poland,
  hungary,
  malta,
  slovenia,
];
