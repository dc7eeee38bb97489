"use strict";
// Arrow keys in the calendar of issues: left and right to the issue before and after, up and down a week or more.
document.addEventListener("keydown", (event) => {
  const calendar = event.target.closest("[data-calendar]");
  if (!calendar || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const days = [...calendar.querySelectorAll(".days a")];
  const at = days.indexOf(event.target);
  if (at < 0) return;
  const place = (day) => day.getBoundingClientRect();
  const here = place(days[at]);
  const below = (day) => place(day).top - here.top;
  // Straight up or down: the nearest row, and in it the nearest day.
  const nearest = (sign) => {
    const rows = days.filter((day) => sign * below(day) > here.height / 2);
    const far = (day) => Math.abs(below(day)) * 100 + Math.abs(place(day).left - here.left);
    return rows.reduce((best, day) => (!best || far(day) < far(best) ? day : best), null);
  };
  const to = {
    ArrowLeft: () => days[at - 1],
    ArrowRight: () => days[at + 1],
    ArrowUp: () => nearest(-1),
    ArrowDown: () => nearest(1),
    Home: () => days[0],
    End: () => days[days.length - 1],
  }[event.key];
  const day = to && to();
  if (!day) return;
  event.preventDefault();
  day.focus();
});
