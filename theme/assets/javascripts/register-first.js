// What is opened from a folder has no script that sorts. Before the rows that stand in the page are seen: where the address asks for others, they wait for the script that has them.
// What it asks for besides an order, columns and a page stands above them, and has its room from the start.
if (location.protocol === "file:") document.documentElement.dataset.registerFile = "";
else if (location.search) document.documentElement.dataset.registerAsked = /[?&](?!(sort|columns|page)=)./.test(location.search) ? "conditions" : "";
