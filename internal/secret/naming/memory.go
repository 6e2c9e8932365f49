package naming

import "posthaste/internal/secret/memo"

// A Memory remembers how names were judged: a run meets the same ones again and again. It judges as the functions of this
// package do, which a nil Memory is. The zero Memory is ready; it is safe for concurrent use.
type Memory struct{ classes memo.Memo[Class] }

// Judge is the function Judge.
func (m *Memory) Judge(name string) Class {
	if m == nil {
		return Judge(name)
	}
	if class, known := m.classes.Get("", name); known {
		return class
	}
	class := Judge(name)
	m.classes.Put("", name, class)
	return class
}

// Names is the function Names.
func (m *Memory) Names(name string) bool { return Hints(name) && m.Judge(name) == Secret }

// NamesParameter is the function NamesParameter.
func (m *Memory) NamesParameter(name string) bool { return Hints(name) && m.Judge(name) >= Parameter }
