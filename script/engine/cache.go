package engine

import (
	"sync"

	"github.com/dop251/goja"

	"posthaste/script/engine/newer"
)

// A Cache holds compiled scripts, so that each is parsed once in a process. It is safe for
// concurrent use; realms in different goroutines share what it holds. Use NewCache. It grows
// with the collection and is given up with the run.
type Cache struct {
	mu    sync.Mutex
	units map[cacheKey]*unit
	newer newer.Lowerer
}

type cacheKey struct{ source, variant string }

// unit is a script that is being compiled or was. Whoever asks second waits for the first,
// without the lock of the whole cache.
type unit struct {
	once   sync.Once
	script *Script
	err    error
}

// NewCache returns an empty cache.
func NewCache() *Cache { return &Cache{units: map[cacheKey]*unit{}} }

// Script returns source compiled as a script that sees hosts, from the cache when it was
// compiled before. variant tells apart compilations of one source with different hosts; the
// same variant must always have the same hosts. A source that does not parse gives the same
// *Fault each time.
func (c *Cache) Script(source, variant string, hosts map[string]bool) (*Script, error) {
	return c.get(cacheKey{source, variant}, func() (*Script, error) { return compileScript(source, hosts, &c.newer) })
}

// Module returns source compiled as the file of a package that stack traces call name, see Realm.RunFile.
func (c *Cache) Module(name, source string, hosts map[string]bool) (*Script, error) {
	return c.get(cacheKey{source, "module " + name}, func() (*Script, error) { return compileModule(name, source, hosts, &c.newer) })
}

// program returns source compiled as it stands, without wrapper and guards: for what the
// engine itself runs.
func (c *Cache) program(name, source string) (*Script, error) {
	return c.get(cacheKey{source, "program"}, func() (*Script, error) {
		prog, err := goja.Compile(name, source, false)
		if err != nil {
			return nil, err
		}
		return &Script{prog: prog}, nil
	})
}

// get compiles each text once, also when several runtimes ask at the same time; an error is kept too.
func (c *Cache) get(key cacheKey, compile func() (*Script, error)) (*Script, error) {
	c.mu.Lock()
	u := c.units[key]
	if u == nil {
		u = &unit{}
		c.units[key] = u
	}
	c.mu.Unlock()
	u.once.Do(func() { u.script, u.err = compile() })
	return u.script, u.err
}
