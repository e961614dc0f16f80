/* The labels of the page, in the language of whoever is before it: a part takes them once it is there, and again with
   another language. */

const labels = {
  words: null,
  parts: [],
  subscribe(take) {
    this.parts.push(take);
    if (this.words) take(this.words);
  },
  set(words) {
    this.words = words;
    this.parts.forEach((take) => take(words));
  },
};
