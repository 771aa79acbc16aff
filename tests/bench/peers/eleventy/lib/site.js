// One data file in; days and the pages of topics are made from it once.
const fs = require("fs");
const path = require("path");

const PER_PAGE = 50;
const { names, papers } = JSON.parse(fs.readFileSync(path.join(__dirname, "papers.json"), "utf8"));

const WEEKDAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");
const MONTHS = ("January February March April May June July August September October November " +
  "December").split(" ");

function longDate(iso) {
  const day = new Date(`${iso}T00:00:00Z`);
  return `${WEEKDAYS[day.getUTCDay()]} ${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
}

const days = [];
for (const paper of papers) {
  let day = days[days.length - 1];
  if (!day || day.date !== paper.listed) {
    day = { date: paper.listed, url: `/days/${paper.listed}.html`, title: longDate(paper.listed), papers: [] };
    days.push(day);
  }
  paper.day = day;
  day.papers.push(paper);
}
days.forEach((day, at) => {
  day.older = days[at - 1];
  day.newer = days[at + 1];
  day.papers.forEach((paper, place) => {
    paper.previous = day.papers[place - 1];
    paper.next = day.papers[place + 1];
  });
});

const newestFirst = days.slice().reverse().flatMap((day) => day.papers);
const topics = Object.keys(names).map((slug) => ({ slug, name: names[slug], papers: [] }));
const bySlug = new Map(topics.map((topic) => [topic.slug, topic]));
for (const paper of newestFirst) {
  for (const slug of paper.topics) bySlug.get(slug).papers.push(paper);
}
const shown = topics.filter((topic) => topic.papers.length);
const topicPages = shown.flatMap((topic) => {
  const count = Math.ceil(topic.papers.length / PER_PAGE);
  return Array.from({ length: count }, (_, at) => ({
    topic,
    papers: topic.papers.slice(at * PER_PAGE, (at + 1) * PER_PAGE),
    url: topicUrl(topic.slug, at + 1),
    newer: at > 0 ? topicUrl(topic.slug, at) : "",
    older: at + 1 < count ? topicUrl(topic.slug, at + 2) : "",
  }));
});

function topicUrl(slug, page) {
  return `/topics/${slug}${page > 1 ? `-${page}` : ""}.html`;
}

module.exports = { names, papers, days, newestFirst, topics: shown, topicPages };
