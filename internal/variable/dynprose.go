package variable

import "strings"

// prose are words, sentences and what passes for Latin.
func prose() map[string]maker {
	return map[string]maker{
		"randomAdjective": (*Dynamic).adjective,
		"randomNoun":      (*Dynamic).noun,
		"randomVerb":      (*Dynamic).verb,
		"randomIngverb":   (*Dynamic).ingverb,
		"randomPhrase":    (*Dynamic).sentenceOfHackers,
		"randomWord":      (*Dynamic).word,
		"randomWords":     func(d *Dynamic) string { return d.list(d.between(2, 5), " ", (*Dynamic).word) },

		"randomLoremWord":       (*Dynamic).latin,
		"randomLoremWords":      func(d *Dynamic) string { return d.list(3, " ", (*Dynamic).latin) },
		"randomLoremSentence":   (*Dynamic).sentence,
		"randomLoremSentences":  (*Dynamic).sentences,
		"randomLoremSlug":       func(d *Dynamic) string { return d.list(3, "-", (*Dynamic).latin) },
		"randomLoremParagraph":  (*Dynamic).paragraph,
		"randomLoremParagraphs": func(d *Dynamic) string { return d.list(3, "\n \r", (*Dynamic).paragraph) },
		"randomLoremLines":      func(d *Dynamic) string { return d.list(d.between(1, 5), "\n", (*Dynamic).sentence) },
		"randomLoremText": func(d *Dynamic) string {
			return d.oneOf([]string{d.sentence(), d.sentences(), d.paragraph(), d.list(3, " ", (*Dynamic).latin)})
		},
	}
}

func (d *Dynamic) adjective() string {
	return d.phrase("auxiliary|primary|back-end|digital|open-source|virtual|cross-platform|redundant|online|haptic|multi-byte|bluetooth|wireless|1080p|neural|optical|solid state|mobile")
}

func (d *Dynamic) noun() string {
	return d.phrase("driver|protocol|bandwidth|panel|microchip|program|port|card|array|interface|system|sensor|firewall|hard drive|pixel|alarm|feed|monitor|application|transmitter|bus|circuit|capacitor|matrix")
}

func (d *Dynamic) verb() string {
	return d.phrase("back up|bypass|hack|override|compress|copy|navigate|index|connect|generate|quantify|calculate|synthesize|input|transmit|program|reboot|parse")
}

func (d *Dynamic) ingverb() string {
	return d.phrase("backing up|bypassing|hacking|overriding|compressing|copying|navigating|indexing|connecting|generating|quantifying|calculating|synthesizing|transmitting|programming|parsing")
}

func (d *Dynamic) sentenceOfHackers() string {
	switch d.intn(3) {
	case 0:
		return "We need to " + d.verb() + " the " + d.adjective() + " " + d.noun() + "!"
	case 1:
		return "Use the " + d.adjective() + " " + d.noun() + ", then you can " + d.verb() + " the " + d.noun() + "!"
	}
	return ingSentence(d.ingverb()) + " the " + d.noun() + " won't help, try to " + d.verb() + " the " + d.adjective() + " " + d.noun() + "!"
}

func ingSentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

func (d *Dynamic) word() string {
	return d.phrase("withdrawal|Rubber|Island|mobile|Steel|Books|indexing|Avon|Soft|SQL|Handmade|deposit|olive|bypass|Krone|Gorgeous|" +
		"open-source|Borders|Chair|Fresh|magenta|Director|Way|Cotton|leverage|Savings Account|Plaza|Kroon|Inlet|turquoise")
}

func (d *Dynamic) latin() string {
	return d.pick("a ab accusamus ad alias aliquam amet animi aperiam at aut autem beatae blanditiis commodi consequatur corporis " +
		"culpa cum delectus dicta distinctio dolor dolore ducimus ea eaque earum eius eligendi enim eos error esse est et eum ex " +
		"excepturi facere fuga fugit hic id illo illum in inventore ipsa ipsum iste itaque iure labore laborum libero magnam magni " +
		"maiores maxime minima modi molestiae mollitia nam natus nemo nihil nisi nobis non nostrum nulla numquam odio odit officia " +
		"omnis optio pariatur placeat porro possimus quae quam quas qui quia quis quo quod ratione rem repellat rerum saepe sed sequi " +
		"similique sint sit sunt suscipit tempora tenetur totam ullam unde ut vel velit veniam vero vitae voluptas voluptatem")
}

func (d *Dynamic) sentence() string {
	text := d.list(d.between(3, 10), " ", (*Dynamic).latin)
	return ingSentence(text) + "."
}

func (d *Dynamic) sentences() string { return d.list(d.between(2, 6), " ", (*Dynamic).sentence) }

func (d *Dynamic) paragraph() string { return d.list(d.between(3, 6), " ", (*Dynamic).sentence) }
