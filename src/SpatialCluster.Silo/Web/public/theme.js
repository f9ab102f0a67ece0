// Before the first picture, so that nothing flashes: the theme that was chosen last.
(function () {
  try {
    var theme = localStorage.getItem('theme');
    if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
  } catch (e) {
    // Nothing is remembered where storage is forbidden.
  }
})();
