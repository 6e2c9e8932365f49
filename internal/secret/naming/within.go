package naming

// Within reports whether text holds a word that would, as a name, make its value a secret, at least in some places. It is
// Hints with a closer look: most bodies speak of nothing that is one.
func Within(text string) bool { return (*Memory)(nil).Within(text) }

// Within is the function Within.
func (m *Memory) Within(text string) bool {
	h := hints()
	innocent := "" // the last that was judged: names repeat
	for i := 0; i+1 < len(text); i++ {
		third := 0
		if i+2 < len(text) {
			third = int(text[i+2] & 0x1f)
		}
		if !h.begin[two(text[i], text[i+1])<<5|third] || text[i] < 'A' || !h.piece(text, i) {
			continue
		}
		from, to := i, i+1
		for from > 0 && ofName(text[from-1]) {
			from--
		}
		for to < len(text) && ofName(text[to]) {
			to++
		}
		name := text[from:to]
		if name == innocent {
			i = to
			continue
		}
		if m.Judge(name) != Innocent || m.twoWords(text, from, to) {
			return true
		}
		innocent = name
		i = to
	}
	return false
}

func ofName(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '.' || c == '$' || c >= 0x80
}

// twoWords reports whether the word of text from from to to is a secret's name with the word behind the blank after it,
// as in "card number".
func (m *Memory) twoWords(text string, from, to int) bool {
	if to+1 >= len(text) || text[to] != ' ' || !ofName(text[to+1]) {
		return false
	}
	end := to + 1
	for end < len(text) && ofName(text[end]) {
		end++
	}
	return m.Judge(text[from:end]) != Innocent
}
