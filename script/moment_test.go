package script

import (
	"strings"
	"testing"
)

// TestMoment is moment in the sandbox: its clock, its console, what it shares with the other libraries. That it is moment
// is compared in script/lib/moment.
func TestMoment(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"arithmetic and words":  {"const m = require('moment'); console.log(m.utc('2024-01-31').add(1, 'month').format('DD/MM/YYYY'), m.duration(90, 'minutes').humanize())", "29/02/2024 2 hours"},
		"the sandbox's clock":   {"const m = require('moment'), d = Date.now(), n = m().valueOf(); console.log(n >= d && n - d < 60000)", "true"},
		"a clock of the script": {"const m = require('moment'), now = Date.now; Date.now = () => 5; console.log(m().valueOf()); Date.now = now", "5"},
		"a locale":              {"console.log(require('moment').utc(0).locale('nb').format('LLLL'))", "torsdag 1. januar 1970 kl. 00:00"},
		"an unknown locale":     {"console.log(require('moment').utc(0).locale('qq-x').format('LL'))", "January 1, 1970"},
		"in an assertion":       {"const m = require('moment'); pm.expect(m.utc(0)).to.eql(m.utc(0)); pm.expect(m.utc(5).toDate()).to.eql(new Date(5)); console.log('equal')", "equal"},
		"in a variable":         {"pm.environment.set('at', require('moment').utc(0)); console.log(pm.environment.get('at').toISOString())", "1970-01-01T00:00:00.000Z"},
		"in JSON":               {"const m = require('moment'); console.log(JSON.stringify({a: m.utc(0), d: m.duration(5, 'm'), n: m.invalid()}))", `{"a":"1970-01-01T00:00:00.000Z","d":"PT5M","n":null}`},
		"a list of a response":  {"const m = require('moment'); console.log(m.utc(JSON.parse('[2020,1,2]')).format(), m.utc(JSON.parse('{\"y\":2020}')).year())", "2020-02-02T00:00:00Z 2020"},
		"extended":              {"const m = require('moment'); m.fn.shout = function () { return this.format('YYYY') + '!' }; console.log(m.utc(0).shout(), require('moment') === m)", "1970! true"},
		"a stream":              {"const {PassThrough} = require('stream'); const p = new PassThrough(); p.on('data', c => console.log(Buffer.isBuffer(c), String(c))); p.end('hei')", "true hei"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, Options{}).run(test.give)
			wantLines(t, "console", s.said(), test.want)
		})
	}
}

func TestMomentWarnsOnTheSandboxConsole(t *testing.T) {
	s := newStage(t, Options{}).run("const m = require('moment'); m('1 Jan 2010 5 o clock'); m('and again'); m.suppressDeprecationWarnings = true; m.lang()")
	said := s.said()
	if len(said) != 1 || !strings.HasPrefix(said[0], "warn: Deprecation warning: value provided is not in a recognized RFC2822 or ISO format.") {
		t.Errorf("the console has %q, want one warning", said)
	}
}

func TestMomentNamesItsLocales(t *testing.T) {
	s := newStage(t, Options{}).run("try { require('moment').locale('af') } catch (e) { console.log(e.message) }")
	said := strings.Join(s.said(), "\n")
	for _, want := range []string{`the locale "af" is not built in`, "nb, nn, da", "--packages"} {
		if !strings.Contains(said, want) {
			t.Errorf("the error %q lacks %q", said, want)
		}
	}
}
