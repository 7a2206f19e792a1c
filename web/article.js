// What an error page does beyond being read: copies the link to a cause, or the form for support. Without it the links
// are links, and the form can be selected.
const status = document.getElementById("copied");
const copy = async (text, done) => {
  try {
    await navigator.clipboard.writeText(text);
    status.textContent = done;
  } catch {
    status.textContent = status.dataset.failed;
  }
};
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.anchor");
  const button = event.target.closest("button[data-copies]");
  if (link) copy(link.href, status.dataset.link);
  if (button) copy(document.getElementById(button.dataset.copies).innerText, status.dataset.text);
});
