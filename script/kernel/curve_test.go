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
