// What other scripts build in our forms, in Swedish and with the names of their fields.
// A classic script: it must hear when the editor's modules say that they are ready.
"use strict";
{
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

  const nameWritingArea = (editor, textarea) => {
    const attributes = { lang: textarea.lang, dir: textarea.dir, role: "textbox", spellcheck: "true" };
    attributes["aria-multiline"] = "true";
    const describedBy = textarea.getAttribute("aria-describedby");
    if (describedBy) attributes["aria-describedby"] = describedBy;
    if (textarea.ariaLabel) attributes["aria-label"] = textarea.ariaLabel;
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

  // Choices with a search box are built by Django's script without the name of their field
  const nameChoices = () => {
    for (const select of document.querySelectorAll("select.admin-autocomplete")) {
      const label = document.querySelector(`label[for="${select.id}"]`);
      const built = select.parentElement.querySelector(".select2");
      if (!label || !built) continue;
      const words = label.textContent.trim().replace(/:$/, "");
      const parts = "[role=combobox], [role=textbox], [role=searchbox], .select2-search__field";
      for (const part of built.querySelectorAll(parts)) part.setAttribute("aria-label", words);
    }
  };

  // jQuery calls back in the order of asking: after its load event, last of all
  window.addEventListener("load", () => window.django?.jQuery?.(nameChoices));
}
