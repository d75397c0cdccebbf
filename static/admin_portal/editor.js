// The text editor in Swedish, with a name and a language for its writing area.
// A classic script: it must run before the editor's modules, which read window.gettext.
"use strict";
{
  const WORDS = {
    Update: "Använd",
    Cancel: "Avbryt",
    "Edit Link": "Länk",
    URL: "Adress (https://…, mailto:… eller tel:…)",
  };

  const BUTTONS = {
    paragraph: "Vanlig text",
    heading2: "Rubrik, nivå 2",
    heading3: "Rubrik, nivå 3",
    bulletList: "Punktlista",
    orderedList: "Numrerad lista",
    blockquote: "Citat",
    bold: "Fetstil",
    italic: "Kursiv stil",
    link: "Länk (markera text först)",
    unlink: "Ta bort länken",
    "history:undo": "Ångra",
    "history:redo": "Gör om",
  };

  Object.assign(window.django.catalog, WORDS);

  const nameWritingArea = (editor, textarea) => {
    const attributes = { lang: textarea.lang, dir: textarea.dir, role: "textbox", spellcheck: "true" };
    attributes["aria-multiline"] = "true";
    const describedBy = textarea.getAttribute("aria-describedby");
    if (describedBy) attributes["aria-describedby"] = describedBy;
    const label = document.querySelector(`label[for="${textarea.id}"]`);
    if (label) {
      label.id ||= `${textarea.id}_label`;
      label.addEventListener("click", () => editor.commands.focus());
      attributes["aria-labelledby"] = label.id;
    }
    editor.setOptions({ editorProps: { attributes } });
  };

  const nameButtons = (editor, menubar) => {
    menubar.setAttribute("role", "toolbar");
    menubar.setAttribute("aria-label", "Textens form");
    const buttons = [...menubar.querySelectorAll("button[data-name]")];
    for (const button of buttons) {
      const words = BUTTONS[button.dataset.name];
      if (words) {
        button.title = words;
        button.setAttribute("aria-label", words);
      }
    }
    const tellState = () => {
      for (const button of buttons) {
        button.setAttribute("aria-pressed", button.classList.contains("active"));
        button.setAttribute("aria-disabled", button.classList.contains("disabled"));
      }
    };
    editor.on("transaction", tellState);
    tellState();
  };

  document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
    const dress = () => {
      nameWritingArea(editor, textarea);
      nameButtons(editor, textarea.closest(".prose-editor").querySelector(".prose-menubar"));
    };
    // The menu is made when the editor says that it has been created, which is later than ready
    if (editor.isInitialized) dress();
    else editor.on("create", dress);
  });
}
