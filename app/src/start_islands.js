import start, * as islands from "{script}";
await start({ module_or_path: "{wasm}" });
islands.hydrate();
for (const island of document.querySelectorAll("leptos-island")) islands[island.dataset.component](island);
