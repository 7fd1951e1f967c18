// Many files, one request each, so that each shows how far it is; dropping works like choosing. Without this the form sends them all at once.
"use strict";

(() => {
  const form = document.getElementById("upload");
  if (!form) return;
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector(".uploads");
  const drop = form.querySelector(".drop");
  let open = 0;
  let good = 0;

  const key = () => [...crypto.getRandomValues(new Uint8Array(18))].map((one) => one.toString(16).padStart(2, "0")).join("");

  const row = (file) => {
    const made = document.createElement("li");
    const name = document.createElement("span");
    const bar = document.createElement("progress");
    const word = document.createElement("small");
    name.textContent = file.name;
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    made.append(name, bar, word);
    list.append(made);
    return { bar, word };
  };

  const finish = () => {
    open -= 1;
    if (open === 0 && good > 0) setTimeout(() => location.assign(form.dataset.done), 700);
  };

  const send = (file) => {
    const { bar, word } = row(file);
    if (file.size > Number(form.dataset.most) * 1048576) {
      word.textContent = form.dataset.large;
      word.className = "error";
      return;
    }
    open += 1;
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.append("once", key());
    body.append("files", file);
    const request = new XMLHttpRequest();
    request.open("POST", form.action || location.href);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.addEventListener("load", () => {
      const done = request.status < 400;
      good += done;
      bar.value = done ? 1 : 0;
      word.textContent = done ? form.dataset.ready : form.dataset.failed;
      if (!done) word.className = "error";
      finish();
    });
    request.addEventListener("error", () => {
      word.textContent = form.dataset.failed;
      word.className = "error";
      finish();
    });
    request.send(body);
  };

  const sendAll = (files) => {
    for (const file of files) send(file);
    input.value = "";
    input.required = false;
  };

  input.addEventListener("change", () => sendAll([...input.files]));
  for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    sendAll([...event.dataTransfer.files]);
  });
  form.querySelector("button.primary").hidden = true;
})();
