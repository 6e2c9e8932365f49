package event

import "strconv"

// Coverage says how much of an OpenAPI file a run has covered. One for each file comes before Threshold and RunFinished.
type Coverage struct {
	File      string
	Title     string // of the API
	Points    []Covered
	NotJudged int // exchanges whose bodies were not judged, since they were cut
}

// Covered is a point of an OpenAPI file, and how often the run met it.
type Covered struct {
	Kind       string // CoveredOperation …
	Operation  string // "GET /x", of a status and a parameter; of an enum value CoveredRequest or CoveredResponse
	Name       string // "GET /x", "404", "query limit", "Payment.amount.value", `Payment.state = "CREATED"`
	Place      string // file:line:column
	Seen       int
	Deprecated bool
}

// The kinds of points.
const (
	CoveredOperation = "operation"
	CoveredStatus    = "status"
	CoveredParameter = "parameter"
	CoveredRequest   = "request"  // a property of a body or parameter that is sent
	CoveredResponse  = "response" // a property of a body or header that is received
	CoveredEnum      = "enum"     // a value of an enum
)

// CoveredKinds are the kinds in the order of reports.
func CoveredKinds() []string {
	return []string{CoveredOperation, CoveredStatus, CoveredParameter, CoveredRequest, CoveredResponse, CoveredEnum}
}

// CoveredPlural is a kind as a threshold and a table name it: "operations".
func CoveredPlural(kind string) string {
	switch kind {
	case CoveredStatus:
		return "statuses"
	case CoveredRequest, CoveredResponse:
		return kind + " properties"
	case CoveredEnum:
		return "enum values"
	}
	return kind + "s"
}

// A Share is how many of how many points were met.
type Share struct{ Seen, Documented int }

// Percent is the share in per cent; of nothing all is covered.
func (s Share) Percent() float64 {
	if s.Documented == 0 {
		return 100
	}
	return 100 * float64(s.Seen) / float64(s.Documented)
}

// String is "3 of 4".
func (s Share) String() string { return strconv.Itoa(s.Seen) + " of " + strconv.Itoa(s.Documented) }

// Share adds up the points of a kind.
func (c Coverage) Share(kind string) Share {
	var s Share
	for _, p := range c.Points {
		if p.Kind != kind {
			continue
		}
		s.Documented++
		if p.Seen > 0 {
			s.Seen++
		}
	}
	return s
}

// ShareOf adds up the points of a kind in several files.
func ShareOf(list []Coverage, kind string) Share {
	var s Share
	for _, c := range list {
		one := c.Share(kind)
		s.Seen, s.Documented = s.Seen+one.Seen, s.Documented+one.Documented
	}
	return s
}

// key tells points of a file apart.
func (p Covered) key() Covered {
	p.Seen = 0
	return p
}

// Join adds a file's coverage to those of others: points of the same file are added up. Nothing that is given is changed.
func Join(list []Coverage, c Coverage) []Coverage {
	for i := range list {
		if list[i].File != c.File || list[i].Title != c.Title {
			continue
		}
		sum := list[i]
		sum.NotJudged += c.NotJudged
		sum.Points = append([]Covered(nil), sum.Points...)
		if !sum.addAlike(c.Points) {
			sum.addByKey(c.Points)
		}
		list = append([]Coverage(nil), list...)
		list[i] = sum
		return list
	}
	return append(list, c)
}

// addAlike adds points of the same version of the file, which come in the same order.
func (c *Coverage) addAlike(points []Covered) bool {
	if len(points) != len(c.Points) {
		return false
	}
	for i, p := range points {
		if p.key() != c.Points[i].key() {
			return false
		}
	}
	for i, p := range points {
		c.Points[i].Seen += p.Seen
	}
	return true
}

func (c *Coverage) addByKey(points []Covered) {
	known := map[Covered]int{}
	for i, p := range c.Points {
		known[p.key()] = i
	}
	for _, p := range points {
		if i, ok := known[p.key()]; ok {
			c.Points[i].Seen += p.Seen
			continue
		}
		c.Points = append(c.Points, p)
	}
}

// Kind is the event's name.
func (Coverage) Kind() string { return "coverage" }

// InStep is the zero Step: the event is the run's.
func (Coverage) InStep() Step { return Step{} }

// Relabelled changes nothing: the event has no label.
func (c Coverage) Relabelled(Labels) Event { return c }

// Masked masks the texts that come from the file.
func (c Coverage) Masked(m Masker) Event {
	c.File, c.Title = m.Text(c.File), m.Text(c.Title)
	points := make([]Covered, len(c.Points))
	for i, p := range c.Points {
		p.Operation, p.Name, p.Place = m.Text(p.Operation), m.Text(p.Name), m.Text(p.Place)
		points[i] = p
	}
	c.Points = points
	return c
}
