package event

// A Masked is an event whose secrets are replaced. Reporters take nothing else, so the compiler finds a place that would
// show an event as it happened. Only Mask, Recorded and Spooled make one.
type Masked struct {
	event Event
	known int64
}

// Mask returns the event with its secrets replaced.
func Mask(e Event, m Masker) Masked {
	known := m.Known() // before: what becomes known meanwhile may be missed
	if s, ok := m.(*Sharer); ok {
		return Masked{s.masked(e), known}
	}
	return Masked{e.Masked(m), known}
}

// Recorded returns an event of a recording, which was masked when it was recorded, or one that was made of such events.
func Recorded(e Event) Masked { return Masked{event: e} }

// Spooled returns an event that was masked before by so many secrets.
func Spooled(e Event, known int64) Masked { return Masked{e, known} }

// Event is the event itself.
func (m Masked) Event() Event { return m.event }

// Known is how many secrets were known when the event was masked, 0 for an event of a recording.
func (m Masked) Known() int64 { return m.known }

// Again masks once more, where more is known now.
func (m Masked) Again(by Masker) Masked {
	if m.known == by.Known() {
		return m
	}
	return Mask(m.event, by)
}

// Relabelled returns the event with other labels.
func (m Masked) Relabelled(l Labels) Masked { return Masked{m.event.Relabelled(l), m.known} }
