package event

import (
	"hash/maphash"
	"slices"
	"strings"
)

// A recall remembers what short texts became when they were masked, and what header lines did: the events of a run show the
// same ones again and again. What it remembers holds only while no further secret is known: learning one is also what lets
// others be forgotten, so in between a text would become the same. It is not safe for concurrent use. The zero recall is
// empty.
type recall struct {
	seed    maphash.Seed
	once    []uint32     // parts of the hashes of texts that came once: most come only once; nil before the first
	entries []remembered // nil before one comes for the second time; each text has one place
}

// A remembered is a text, or a header line, and what it became.
type remembered struct {
	hash        uint64 // 0 for none
	known       int64  // how many secrets were known before it was masked
	name, text  string
	maskedName  string
	maskedText  string
	isTextAlone bool
}

const (
	longestRemembered = 256 // bytes
	rememberedPlaces  = 256
	oncePlaces        = 1024
)

// find returns where a text or a header line is remembered or would be, and whether it is, as it is with so many secrets
// known. It is nil for what is not to be remembered.
func (r *recall) find(name, text string, alone bool, known int64) (e *remembered, ok bool) {
	if len(name)+len(text) > longestRemembered {
		return nil, false
	}
	if r.once == nil {
		r.seed, r.once = maphash.MakeSeed(), make([]uint32, oncePlaces)
	}
	hash := maphash.String(r.seed, text) | 1
	if !alone {
		hash = (hash ^ maphash.String(r.seed, name)*3) | 1
	}
	if r.entries != nil {
		e = &r.entries[hash>>1%rememberedPlaces]
		if e.hash == hash && e.text == text && e.name == name && e.isTextAlone == alone {
			return e, e.known == known
		}
	}
	const upper = 32
	if once := &r.once[hash>>1%oncePlaces]; *once != uint32(hash>>upper) { //nolint:gosec // a part of the hash
		*once = uint32(hash >> upper) //nolint:gosec // the same
		return nil, false
	}
	if r.entries == nil {
		r.entries = make([]remembered, rememberedPlaces)
		e = &r.entries[hash>>1%rememberedPlaces]
	}
	// The texts are copied: each may be a piece of one that is much larger.
	*e = remembered{hash: hash, name: strings.Clone(name), text: strings.Clone(text), isTextAlone: alone}
	return e, false
}

// Text masks a text.
func (s *Sharer) Text(text string) string {
	if text == "" {
		return text
	}
	known := s.Known() // before: what becomes known meanwhile may be missed
	e, ok := s.recall.find("", text, true, known)
	if ok {
		if e.maskedText == e.text {
			return text
		}
		return e.maskedText
	}
	masked := s.Masker.Text(text)
	if e != nil {
		e.known, e.maskedText = known, sameOrClone(masked, text, e.text)
	}
	return masked
}

// A lineMemory is the header lines that were masked last, and what they became while so many secrets were known.
type lineMemory struct {
	known         int64
	whole, masked []Header
}

// Header masks names and values of header lines. Most of them are those of the request or the response before.
func (s *Sharer) Header(lines []Header) []Header {
	if len(lines) == 0 {
		return lines
	}
	known := s.Known() // before: what becomes known meanwhile may be missed
	memory := s.linesLike(lines)
	masked, size := lines, 0
	for i := range lines {
		line := lines[i]
		if size += len(line.Key) + len(line.Value); memory.known == known && i < len(memory.whole) && memory.whole[i] == line {
			line = memory.masked[i]
		} else {
			line = s.headerLine(lines[i : i+1])
		}
		if line == lines[i] {
			continue
		}
		if &masked[0] == &lines[0] {
			masked = slices.Clone(lines)
		}
		masked[i] = line
	}
	const most = 8 << 10 // bytes: what is larger is not held longer than its event
	if *memory = (lineMemory{known, lines, masked}); size > most {
		*memory = lineMemory{}
	}
	return masked
}

// linesLike returns the memory of lines that begin as these do, else the one that was used longest ago.
func (s *Sharer) linesLike(lines []Header) *lineMemory {
	for i := range s.lines {
		if m := &s.lines[i]; len(m.whole) > 0 && m.whole[0].Key == lines[0].Key {
			return m
		}
	}
	s.lines[0], s.lines[1] = s.lines[1], s.lines[0]
	return &s.lines[0]
}

// headerLine masks a list of one line.
func (s *Sharer) headerLine(list []Header) Header {
	line, known := list[0], s.Known()
	e, ok := s.recall.find(line.Key, line.Value, false, known)
	if ok {
		return Header{Key: e.maskedName, Value: e.maskedText, System: line.System}
	}
	masked := s.Masker.Header(list)[0]
	if e != nil {
		e.known, e.maskedName, e.maskedText = known, sameOrClone(masked.Key, line.Key, e.name), sameOrClone(masked.Value, line.Value, e.text)
	}
	return masked
}

// sameOrClone returns a copy of what text became: own, which is a copy of text, where it stayed.
func sameOrClone(masked, text, own string) string {
	if masked == text {
		return own
	}
	return strings.Clone(masked)
}
