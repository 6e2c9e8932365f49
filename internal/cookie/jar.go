// Package cookie is a cookie jar that can also be listed, edited, loaded and saved.
//
// It decides as tough-cookie in loose mode does, which newman uses: domains that are public suffixes may set
// cookies, ports do not count, cookies of IP addresses belong to that host alone, a pair without "=" is a
// value without name.
package cookie

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// A Cookie is one cookie with its attributes. Times are UTC.
type Cookie struct {
	Name, Value   string
	Domain        string // without a leading dot
	Path          string
	Expires       time.Time // zero: for the session, unless HasMaxAge
	HasMaxAge     bool
	MaxAge        int64 // seconds; wins over Expires
	Secure        bool
	HTTPOnly      bool
	HostOnly      bool     // subdomains do not get it
	PathIsDefault bool     // no path was given
	SameSite      string   // "strict", "lax", "none"; "" when absent. It is kept and never decides
	Extensions    []string // attributes nobody knows, as written
	Created       time.Time
	LastAccessed  time.Time
}

// String returns the cookie as a Cookie header has it.
func (c *Cookie) String() string {
	if c.Name == "" {
		return c.Value
	}
	return c.Name + "=" + c.Value
}

// A Jar holds cookies. It is safe for concurrent use. New makes one.
type Jar struct {
	now func() time.Time

	mu       sync.Mutex
	byDomain map[string]bucket
	serial   int64
	size     int // of all entries, see entry.size
}

// maxSize is how many bytes the cookies of a jar may take. No server takes a thousandth of it.
const maxSize = 64 << 20

// An entry is a cookie in a jar.
type entry struct {
	Cookie
	serial int64     // order of creation
	ends   time.Time // zero: with the session
}

// New returns an empty jar that takes the time from now.
func New(now func() time.Time) *Jar {
	return &Jar{now: now, byDomain: map[string]bucket{}}
}

// Become makes the jar hold what another holds, and nothing else. They change apart afterwards.
func (j *Jar) Become(other *Jar) {
	other.mu.Lock()
	byDomain := make(map[string]bucket, len(other.byDomain))
	for domain, cookies := range other.byDomain {
		copies := bucket{}
		for e := range cookies.all {
			c := *e
			copies.put(&c)
		}
		byDomain[domain] = copies
	}
	serial, size := other.serial, other.size
	other.mu.Unlock()
	j.mu.Lock()
	j.byDomain, j.serial, j.size = byDomain, serial, size
	j.mu.Unlock()
}

// Header returns what the Cookie header of a request to url holds, "" when there are no cookies for it.
func (j *Jar) Header(url string) string {
	j.mu.Lock()
	defer j.mu.Unlock()
	var b strings.Builder
	for i, e := range j.matching(url) {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(e.String())
	}
	return b.String()
}

// Cookies returns the cookies that a request to url carries: longest path first, then oldest first.
func (j *Jar) Cookies(url string) []Cookie {
	j.mu.Lock()
	defer j.mu.Unlock()
	entries := j.matching(url)
	cookies := make([]Cookie, len(entries))
	for i, e := range entries {
		cookies[i] = e.Cookie
	}
	return cookies
}

// Cookie returns the first cookie of that name that a request to url carries.
func (j *Jar) Cookie(url, name string) (Cookie, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if found := j.find(url, func(b bucket, path string) func(func(*entry) bool) { return b.named(path, name) }); len(found) > 0 {
		return found[0].Cookie, true
	}
	return Cookie{}, false
}

// All returns every cookie in the order of creation.
func (j *Jar) All() []Cookie {
	j.mu.Lock()
	defer j.mu.Unlock()
	var entries []*entry
	now := j.now()
	for _, cookies := range j.byDomain {
		for e := range cookies.all {
			if !e.expired(now) {
				entries = append(entries, e)
			}
		}
	}
	slices.SortFunc(entries, func(a, b *entry) int { return int(a.serial - b.serial) })
	cookies := make([]Cookie, len(entries))
	for i, e := range entries {
		cookies[i] = e.Cookie
	}
	return cookies
}

// Set takes a Set-Cookie line that answered a request to url. The error says why there is no new cookie.
func (j *Jar) Set(url, line string) error {
	c, err := Parse(line)
	if err != nil {
		return err
	}
	return j.set(url, c)
}

// SetCookie stores a cookie as if url had set it: it fills in domain and path and refuses foreign domains.
// One that has expired removes its predecessor.
func (j *Jar) SetCookie(url string, c Cookie) error {
	c.Domain = canonical(c.Domain)
	return j.set(url, c)
}

// set stores a cookie as the response of url would (RFC 6265, 5.3). The size of the whole jar is bounded: a server may
// send as many cookies as it likes.
func (j *Jar) set(url string, c Cookie) error {
	at, err := locate(url)
	if err != nil {
		return err
	}
	switch {
	case c.Domain == "":
		c.Domain, c.HostOnly = at.host, true
	case !domainMatch(at.host, c.Domain):
		return fmt.Errorf("setting cookie %s: %s is not the domain of %s", c.Name, c.Domain, at.host)
	default:
		c.HostOnly = false
	}
	if !strings.HasPrefix(c.Path, "/") {
		c.Path, c.PathIsDefault = defaultPath(at.path), true
	}
	if !prefixAllowed(&c) {
		return fmt.Errorf("setting cookie %s: its prefix demands attributes that it lacks", c.Name)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.size+(&entry{Cookie: c}).size() > maxSize {
		return fmt.Errorf("setting cookie %s: the cookies of a run may take at most %d MB", c.Name, maxSize>>20)
	}
	now := j.now().UTC()
	c.Created, c.LastAccessed = now, now
	j.store(c, now)
	return nil
}

// store puts c in the place of the cookie of the same name, domain and path. from is when its Max-Age began.
func (j *Jar) store(c Cookie, from time.Time) {
	e := &entry{Cookie: c, ends: c.Expires}
	if c.HasMaxAge {
		e.ends = from.Add(time.Duration(min(c.MaxAge, maxSeconds)) * time.Second)
		if c.MaxAge <= 0 {
			e.ends = time.Unix(0, 0)
		}
	}
	cookies := j.byDomain[c.Domain]
	if cookies == nil {
		cookies = bucket{}
		j.byDomain[c.Domain] = cookies
	}
	if before := cookies[c.Path][c.Name]; before != nil { // also one that has expired, until somebody asks (newman: tough-cookie)
		e.serial, e.Created = before.serial, before.Created
		j.size -= before.size()
	} else {
		j.serial++
		e.serial = j.serial
	}
	cookies.put(e)
	j.size += e.size()
}

// maxSeconds is the longest Max-Age that a time.Duration holds.
const maxSeconds = int64(1<<63-1) / int64(time.Second)

// Unset removes the cookies of that name that a request to url would carry.
func (j *Jar) Unset(url, name string) {
	j.remove(url, func(e *entry) bool { return e.Name == name })
}

// Clear removes all cookies that a request to url would carry.
func (j *Jar) Clear(url string) {
	j.remove(url, func(*entry) bool { return true })
}

// remove takes out of what url would be sent the cookies that are wanted; those of other hosts and paths stay.
func (j *Jar) remove(url string, wanted func(*entry) bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, e := range j.matching(url) {
		if wanted(e) {
			j.byDomain[e.Domain].remove(e)
			j.size -= e.size()
		}
	}
}

// matching returns the entries for url in the order of the header, and drops what has expired.
func (j *Jar) matching(url string) []*entry { return j.find(url, bucket.at) }

// find does the same with those that choose takes of a domain and a path.
func (j *Jar) find(url string, choose func(b bucket, path string) func(func(*entry) bool)) []*entry {
	if len(j.byDomain) == 0 {
		return nil
	}
	at, err := locate(url)
	if err != nil {
		return nil
	}
	now := j.now().UTC()
	var found []*entry
	top := reach(at.host)
	for domain, more := at.host, true; more; _, domain, _ = strings.Cut(domain, ".") {
		more = domain != top && domain != ""
		cookies := j.byDomain[domain]
		for e := range choose(cookies, at.path) {
			switch {
			case e.expired(now):
				cookies.remove(e)
				j.size -= e.size()
			case (domain == at.host || !e.HostOnly) && (at.secure || !e.Secure):
				e.LastAccessed = now
				found = append(found, e)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b *entry) int {
		if d := len(b.Path) - len(a.Path); d != 0 {
			return d
		}
		return int(a.serial - b.serial)
	})
	return found
}

// size is about how many bytes a cookie takes.
func (e *entry) size() int {
	const beside = 400 // the structs and maps around the texts
	return beside + len(e.Name) + len(e.Value) + len(e.Domain) + len(e.Path)
}

func (e *entry) expired(now time.Time) bool { return !e.ends.IsZero() && !e.ends.After(now) }
