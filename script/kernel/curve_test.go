package kernel

import (
	"crypto/elliptic"
	"math/big"
	"testing"
)

// The standard library's curves judge ours.
func TestMultiplesOfPoints(t *testing.T) {
	for _, c := range []elliptic.Curve{elliptic.P224(), elliptic.P256(), elliptic.P384(), elliptic.P521()} {
		p := c.Params()
		f := field{p.P, new(big.Int).Sub(p.P, big.NewInt(3))}
		g := affine{p.Gx, p.Gy}
		for _, factor := range []*big.Int{big.NewInt(1), big.NewInt(2), big.NewInt(3), big.NewInt(255), new(big.Int).Sub(p.N, big.NewInt(1)), new(big.Int).Rsh(p.N, 1)} {
			x, y := c.ScalarBaseMult(factor.Bytes()) //nolint:staticcheck // the judge
			got, ok := f.multiply(g, factor)
			if !ok || got.x.Cmp(x) != 0 || got.y.Cmp(y) != 0 {
				t.Errorf("%s: %v·G is (%v, %v)", p.Name, factor, got.x, got.y)
			}
		}
		if got, ok := f.multiply(g, p.N); !ok || got.x != nil {
			t.Errorf("%s: n·G is (%v, %v), not at infinity", p.Name, got.x, got.y)
		}
		sum, ok := f.multiplyAdd(g, big.NewInt(5), g, big.NewInt(7))
		want, _ := f.multiply(g, big.NewInt(12))
		if !ok || sum.x.Cmp(want.x) != 0 {
			t.Errorf("%s: 5·G + 7·G is not 12·G", p.Name)
		}
	}
}

// TestTwistedCurve multiplies the base point of ed25519 (RFC 8032): by its order it is the point that changes nothing, and by
// one more than that itself.
func TestTwistedCurve(t *testing.T) {
	n := func(text string) *big.Int {
		v, ok := new(big.Int).SetString(text, 0)
		if !ok {
			t.Fatal(text)
		}
		return v
	}
	p := n("0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed")
	c := twisted{p: p, a: new(big.Int).Sub(p, big.NewInt(1)), d: n("0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3")}
	base := affine{
		n("15112221349535400772501151409588531511454012693041857206046113283949847762202"),
		n("46316835694926478169428394003475163141307993866256225615783033603165251855960"),
	}
	order := n("0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed")
	if got, ok := c.multiply(base, order); !ok || got.x.Sign() != 0 || got.y.Cmp(big.NewInt(1)) != 0 {
		t.Errorf("the order gives %v %v", got, ok)
	}
	if got, ok := c.multiply(base, new(big.Int).Add(order, big.NewInt(1))); !ok || got.x.Cmp(base.x) != 0 || got.y.Cmp(base.y) != 0 {
		t.Errorf("one more than the order gives %v %v", got, ok)
	}
	if got, ok := c.multiply(base, new(big.Int)); !ok || got.x.Sign() != 0 || got.y.Cmp(big.NewInt(1)) != 0 {
		t.Errorf("nothing gives %v %v", got, ok)
	}
	if _, ok := c.multiply(base, big.NewInt(-1)); ok {
		t.Error("a negative factor is multiplied with")
	}
}
