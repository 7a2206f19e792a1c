// Settings that came along in the address's fragment, from the same form in a frame: into the form, before the page wakes
// and takes over what it holds. Then they're gone from the address.
const carried = new URLSearchParams(location.hash.slice(1));
for (const id of ["email", "imap-host", "imap-port", "imap-security", "smtp-host", "smtp-port", "smtp-security", "user"]) {
  const field = document.getElementById(id);
  if (field && carried.has(id)) field.value = carried.get(id).slice(0, 320);
}
if (carried.toString().includes("=")) history.replaceState(null, "", location.pathname + location.search);
