// Before the rows that stand in the page are seen: where the address asks for others, they wait for the script that has them.
if (location.search) document.documentElement.dataset.registerAsked = "";
