"""What tests of attacked pages let the browser do, as functions for `page.evaluate`."""

AUDIT = """async paths => {
    const MARKDOWN = new Set("a p ul ol li h1 h2 h3 h4 h5 h6 em strong code pre blockquote hr br img table thead tbody tr th td del".split(" "));
    const KNOWN = new Set("href src alt title align id start class".split(" "));
    const plain = text => text.replace(/\\s+/g, " ");
    const audited = {};
    const texts = await Promise.all(paths.map(async path => (await fetch("/" + path)).text()));
    for (const [place, path] of paths.entries()) {
        const text = texts[place];
        const doc = new DOMParser().parseFromString(text, "text/html");
        const page = new URL("/" + path, location);
        const wrong = [], tags = {};
        const written = [...doc.querySelectorAll(".rf-body, .rf-prose, .rf-full__problem, article.rf-text")].filter(() => !path.startsWith("methodology"));
        for (const e of doc.querySelectorAll("*")) {
            if (e.className === "toc") continue;
            const say = why => wrong.push(why + ": " + e.outerHTML.slice(0, 200));
            const from = written.some(region => region !== e && region.contains(e));
            const markdown = MARKDOWN.has(e.localName) && e.namespaceURI.endsWith("xhtml");
            if (from && !markdown && !["section", "span", "time", "wbr"].includes(e.localName)) say("element");
            // Where a line may end, depends on the words.
            if (!markdown && e.localName !== "wbr") tags[e.localName] = (tags[e.localName] || 0) + 1;
            for (const {name, value} of e.attributes) {
                if (name.startsWith("on") || name === "style" || name === "srcdoc" || name === "formaction") say("attribute");
                if (from && markdown && !KNOWN.has(name) && !["data-label", "data-column", "datetime"].includes(name)) say("attribute");
                if (!["href", "src", "action", "data", "poster", "srcset", "xlink:href", "background", "ping"].includes(name)) continue;
                let address;
                try { address = new URL(value, page) } catch { continue }
                const followed = e.localName === "a" || e.rel === "canonical";
                if (!["http:", "https:", "mailto:", "tel:"].includes(address.protocol) && !(followed && !from && address.protocol === "ftp:")) say("scheme");
                if (!followed && address.host !== location.host) say("foreign");
            }
        }
        // What is shown in frames of other sites has nothing around it.
        const alone = path.endsWith("/card/index.html");
        for (const name of alone ? ["head", "body", "main", "main > h1"] : ["head", "body", "header.rf-header", "footer.rf-footer", "div#content", "div#content h1"])
            if (alone || name !== "div#content h1" ? doc.querySelectorAll(name).length !== 1 : !doc.querySelector(name)) wrong.push("page: " + name);
        if (!alone && (!doc.querySelector("div#content")?.closest("main") || doc.querySelector("footer.rf-footer")?.closest("div#content"))) wrong.push("page: nesting");
        if (!text.trimEnd().endsWith("</html>") || /<!--|<!\\[CDATA/.test(text.replace(/&lt;/g, ""))) wrong.push("page: text");
        audited[path] = {wrong, tags: JSON.stringify(Object.entries(tags).sort()), title: plain(doc.title), h1: plain(doc.querySelector("div#content h1")?.textContent || ""), text: /\\/\\d\\d\\/index/.test(path) ? plain(doc.body.textContent) : ""};
    }
    return audited;
}"""
"""What a browser makes of the HTML itself, before any script."""

LOAD = """async paths => {
    const ran = [];
    await Promise.all(paths.map(path => new Promise(done => {
        const frame = document.createElement("iframe");
        frame.onload = () => {
            const inside = frame.contentWindow;
            if (Object.hasOwn(inside, "pwned") || inside.location.pathname !== "/" + path) ran.push(path);
            for (const a of inside.document.querySelectorAll("div#content a"))
                if (!["http:", "https:", "mailto:", "tel:", ":"].includes(a.protocol) || a.getAttribute("href")?.startsWith("#")) a.click();
            setTimeout(() => { if (Object.hasOwn(inside, "pwned")) ran.push(path); frame.remove(); done() }, 0);
        };
        frame.src = "/" + path;
        document.body.append(frame);
    })));
    if (Object.hasOwn(window, "pwned")) ran.push("the page around");
    return ran;
}"""
"""Loads pages, follows the links in them that stay there or lead to another scheme, and returns those in which something ran."""

LOADED = """htmls => Object.entries(htmls).flatMap(([target, html]) => {
    const doc = new DOMParser().parseFromString(html, "text/html");
    return [...doc.querySelectorAll("*")].some(e => ["src", "srcset", "data", "poster", "background"].some(name => {
        if (!e.hasAttribute(name)) return false;
        try { const url = new URL(e.getAttribute(name), location); return url.host !== location.host || url.protocol !== location.protocol } catch { return false }
    })) ? [target] : [];
})"""
"""Which of some HTML texts load anything from elsewhere."""

ASK = """async queries => {
    const seen = [];
    const count = document.querySelector("[data-search-count]"), after = document.querySelector("[data-search-after]");
    for (const q of queries) {
        for (const asked of [{status: q, unit: q, year: q, overdue: q, disclosure: q}, {q}]) {
            history.pushState(null, "", "?" + new URLSearchParams(asked));
            dispatchEvent(new PopStateEvent("popstate"));
        }
        for (let turn = 0; turn < 400 && document.querySelector("[data-search-results]").ariaBusy !== "false"; turn++) await new Promise(done => setTimeout(done, 5));
        const root = document.querySelector("[data-search]");
        const odd = [...root.querySelectorAll("*")].filter(e => ["script", "img", "svg", "iframe", "object", "embed", "style", "base", "meta"].includes(e.localName) && !e.closest("head") && !e.src?.startsWith(location.origin)
            || [...e.attributes].some(a => a.name.startsWith("on") || a.name === "style") || e.localName === "a" && e.host !== location.host);
        if (odd.length || Object.hasOwn(window, "pwned")) seen.push(q);
    }
    return seen;
}"""
"""Asks the search page as its address would, first with a payload for every filter, then for the query."""

BARE = """async paths => {
    const ran = [];
    for (const path of paths) {
        const text = await (await fetch("/" + path)).text();
        const frame = document.createElement("iframe");
        await new Promise(done => {
            frame.onload = () => setTimeout(done, 0);
            frame.srcdoc = text.replace(/<(?:script|link)[^>]* (?:src|href)="[^"]*assets[/][^>]*>/g, "");
            document.body.append(frame);
        });
        if (Object.hasOwn(frame.contentWindow, "pwned") || Object.hasOwn(window, "pwned")) ran.push(path);
        frame.remove();
    }
    return ran;
}"""
"""The same without the files and scripts of the theme, which take most of the time."""
