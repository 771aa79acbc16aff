const { BASE, escape } = require("./html.js");

const ENTRIES = 50;
// The time of day keeps a day's papers in their order.
const time = (paper) => `${paper.listed}T${String(23 - Math.floor(paper.place / 60)).padStart(2, "0")}:${String(59 - (paper.place % 60)).padStart(2, "0")}:00Z`;

const entry = (paper) => `<entry><id>tag:papers.example.org,2019:${paper.id}</id><title>${escape(paper.title)}</title><link rel="alternate" type="text/html" href="${BASE}${paper.url}"/><published>${time(paper)}</published><updated>${time(paper)}</updated>${paper.authors.map((author) => `<author><name>${escape(author)}</name></author>`).join("")}${paper.topics.map((slug) => `<category term="${slug}"/>`).join("")}<content type="html">&lt;p&gt;${escape(escape(paper.abstract))}&lt;/p&gt;</content></entry>
`;

const atom = (id, title, url, papers) => `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>${escape(title)}</title><id>tag:papers.example.org,2019:${id}</id><link href="${BASE}${url}"/><updated>${time(papers[0])}</updated>
${papers.slice(0, ENTRIES).map(entry).join("")}</feed>
`;

const rss = (title, url, papers) => `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>${escape(title)}</title><link>${BASE}${url}</link><description>Papers by day</description>
${papers.slice(0, ENTRIES).map((paper) => `<item><guid isPermaLink="false">tag:papers.example.org,2019:${paper.id}</guid><title>${escape(paper.title)}</title><link>${BASE}${paper.url}</link><pubDate>${new Date(time(paper)).toUTCString()}</pubDate><description>&lt;p&gt;${escape(escape(paper.abstract))}&lt;/p&gt;</description></item>`).join("")}</channel></rss>
`;

module.exports = { atom, rss };
