package cause

import (
	"container/list"
	"strings"
)

// A memory holds what went wrong, by a key. What was longest not asked for goes first.
type memory struct {
	entries map[string]*list.Element
	order   list.List // of *entry, the last used at the front
}

// An entry is what later failures may follow from. Cause is nil where the trouble is over.
type entry struct {
	key     string
	cause   *Cause
	through string
	initial bool // the variable has the user's value
	// of a variable that is not set: its name, and how the request ended
	name, end string
}

// get returns what is known under a key.
func (m *memory) get(key string) (*entry, bool) {
	at, ok := m.entries[key]
	if !ok {
		return nil, false
	}
	m.order.MoveToFront(at)
	return at.Value.(*entry), true //nolint:forcetypeassert // nothing else is put in
}

// put notes what went wrong, in the place of what was known.
func (m *memory) put(key string, c *Cause, through string) *entry {
	if e, ok := m.get(key); ok {
		*e = entry{key: key, cause: c, through: through}
		return e
	}
	if m.entries == nil {
		m.entries = map[string]*list.Element{}
	}
	e := &entry{key: key, cause: c, through: through}
	m.entries[key] = m.order.PushFront(e)
	if len(m.entries) > mostNames {
		m.remove(m.order.Back())
	}
	return e
}

func (m *memory) remove(at *list.Element) {
	m.order.Remove(at)
	delete(m.entries, at.Value.(*entry).key) //nolint:forcetypeassert // nothing else is put in
}

func (m *memory) forget(key string) {
	if at, ok := m.entries[key]; ok {
		m.remove(at)
	}
}

// heal notes that the trouble is over; what outer groups have under the key's name stays hidden.
func (m *memory) heal(key string) {
	if e, ok := m.get(key); ok {
		e.cause = nil
	}
}

func (m *memory) forgetSuffix(suffix string) {
	for key, at := range m.entries {
		if strings.HasSuffix(key, suffix) {
			m.remove(at)
		}
	}
}

// lookup finds a name in a group, else in those that it begins with.
func (m *memory) lookup(group, name string) *entry {
	if len(m.entries) == 0 {
		return nil
	}
	for {
		if e, ok := m.get(group + "\x00" + name); ok {
			if e.cause == nil {
				return nil
			}
			return e
		}
		cut := strings.LastIndexByte(group, '/')
		if cut < 0 {
			return nil
		}
		group = group[:cut]
	}
}

// habits are the names that items set when all is well, for scripts that cannot be read.
type habits struct {
	entries map[string]*list.Element
	order   list.List // of *habit
}

type habit struct {
	key  string
	sets []string
}

// learn notes what a step set in which nothing failed.
func (h *habits) learn(st *state) {
	if len(st.sets) == 0 {
		return
	}
	key := st.habitKey()
	if at, ok := h.entries[key]; ok {
		h.order.MoveToFront(at)
		at.Value.(*habit).sets = st.sets //nolint:forcetypeassert // nothing else is put in
		return
	}
	if h.entries == nil {
		h.entries = map[string]*list.Element{}
	}
	h.entries[key] = h.order.PushFront(&habit{key, st.sets})
	if len(h.entries) > mostHabits {
		last := h.order.Back()
		h.order.Remove(last)
		delete(h.entries, last.Value.(*habit).key) //nolint:forcetypeassert // nothing else is put in
	}
}

// of returns what the step's item set before.
func (h *habits) of(st *state) []string {
	if at, ok := h.entries[st.habitKey()]; ok {
		h.order.MoveToFront(at)
		return at.Value.(*habit).sets //nolint:forcetypeassert // nothing else is put in
	}
	return nil
}

func (st *state) habitKey() string {
	group, _, _ := strings.Cut(st.step.Group, "/")
	return group + "\x00" + st.step.Item.ID + "\x00" + strings.Join(st.step.Item.Path, "\x00") + "\x00" + st.step.Item.Name
}
