// Loads the page anew when /reload.txt changes. A server that does not answer is being restarted.
let first;
setInterval(async () => {
  const response = await fetch('/reload.txt', { cache: 'no-store' }).catch(() => undefined);
  if (!response?.ok) return;
  const text = await response.text();
  first ??= text;
  if (text !== first) location.reload();
}, 1000);
