// Reads a calendar from the standard input with ical.js, and prints as JSON what it understood.

import { readFileSync } from "node:fs";
import ICAL from "./vendor/ical.js/ical.min.js";

ICAL.design.strict = true;

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  const value = (name) => component.getFirstPropertyValue(name);
  return {
    uid: event.uid,
    sequence: event.sequence,
    status: value("status"),
    summary: event.summary,
    description: event.description,
    location: event.location ?? null,
    url: value("url"),
    categories: value("categories"),
    host: component.getFirstProperty("organizer").getParameter("cn"),
    starts_at: event.startDate.toJSDate().toISOString(),
    ends_at: event.endDate.toJSDate().toISOString(),
    changed_at: value("last-modified").toJSDate().toISOString(),
    properties: component.getAllProperties().map((property) => property.name),
  };
});
console.log(JSON.stringify({ name: calendar.getFirstPropertyValue("x-wr-calname"), events }));
