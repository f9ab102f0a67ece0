"""Writes the small files beside it with anndata and h5py, in every encoding that is read. Run it with Debian's Python."""
import os
import anndata
import h5py
import numpy as np
import pandas as pd
import scipy.sparse as sp

HERE = os.path.dirname(os.path.abspath(__file__))
SPOTS, GENES = 12, 7
spots = [f"spot{i}" for i in range(SPOTS)]
genes = [f"gene{j}" for j in range(GENES)]
# The tests compute these values again.
X = np.array([[(i * 7 + j * 3) % 5 * ((i + j) % 2) for j in range(GENES)] for i in range(SPOTS)])
spatial = np.array([[i % 4 * 10.0, i // 4 * 20.0] for i in range(SPOTS)])
domain = pd.Categorical([["cortex", "white", None][i % 3] for i in range(SPOTS)], categories=["white", "cortex"])


def path(name):
    return os.path.join(HERE, name)


def table(x, names=spots, features=genes):
    obs = pd.DataFrame(index=names)
    obs["domain"] = domain
    obs["cluster"] = np.arange(SPOTS) % 3 + 1
    obs["keep"] = np.arange(SPOTS) % 2 == 0
    obs["score"] = np.arange(SPOTS) / 7
    obs["batch"] = [f"b{i % 2}" for i in range(SPOTS)]
    a = anndata.AnnData(x, obs=obs, var=pd.DataFrame(index=features), obsm={"spatial": spatial})
    return a


a = table(sp.csr_matrix(X.astype(np.float32)))
a.layers["counts"] = sp.csc_matrix(X.astype(np.int64) * 2)
a.layers["dense"] = X.astype(np.float64) * 3
a.raw = anndata.AnnData(sp.csr_matrix(np.hstack([X, X])[:, :9].astype(np.float32)), obs=pd.DataFrame(index=spots),
                        var=pd.DataFrame(index=[f"raw{j}" for j in range(9)]))
a.obsm["X_pca"] = np.outer(np.arange(SPOTS), [1, 0.5, 0.25]).astype(np.float32)
a.obs["nullable"] = pd.array([None if i == 4 else i % 2 for i in range(SPOTS)], dtype="Int64")
a.obs["maybe"] = pd.array([None if i == 5 else bool(i % 2) for i in range(SPOTS)], dtype="boolean")
a.uns["note"] = "made for tests"
a.write_h5ad(path("new_csr.h5ad"))

b = table(X.astype(np.int16))
b.write_h5ad(path("new_dense.h5ad"))

# anndata 0.7: codes with a reference to categories under __categories, no encoding of arrays.
with h5py.File(path("old_07.h5ad"), "w") as f:
    g = f.create_group("X")
    g.attrs["encoding-type"], g.attrs["encoding-version"], g.attrs["shape"] = "csc_matrix", "0.1.0", X.shape
    m = sp.csc_matrix(X.astype(np.float64))
    for k in ("data", "indices", "indptr"):
        g.create_dataset(k, data=getattr(m, k).astype(np.int64) if k != "data" else m.data)
    for name, index in (("obs", spots), ("var", genes)):
        g = f.create_group(name)
        g.attrs["encoding-type"], g.attrs["encoding-version"], g.attrs["_index"] = "dataframe", "0.1.0", "index"
        g.attrs["column-order"] = np.array(["domain"] if name == "obs" else [], dtype=h5py.string_dtype())
        g.create_dataset("index", data=np.array(index, dtype=object), dtype=h5py.string_dtype())
    f["obs"].create_dataset("domain", data=domain.codes)
    c = f["obs"].create_group("__categories").create_dataset("domain", data=np.array(["white", "cortex"], dtype=object), dtype=h5py.string_dtype())
    f["obs/domain"].attrs["categories"] = c.ref
    f.create_group("obsm").create_dataset("spatial", data=spatial.astype(np.int32))

# anndata 0.6: compound tables with fixed-length text, categories in uns.
with h5py.File(path("old_06.h5ad"), "w") as f:
    g = f.create_group("X")
    g.attrs["h5sparse_format"], g.attrs["h5sparse_shape"] = "csr", X.shape
    m = sp.csr_matrix(X.astype(np.float32))
    for k in ("data", "indices", "indptr"):
        g.create_dataset(k, data=getattr(m, k))
    f.create_dataset("obs", data=np.array([(s, c, i + 1) for i, (s, c) in enumerate(zip(spots, domain.codes))],
                                          dtype=[("index", "S8"), ("domain", "i1"), ("number", "i4")]))
    f.create_dataset("var", data=np.array([(s,) for s in genes], dtype=[("index", "S8")]))
    f.create_group("uns").create_dataset("domain_categories", data=np.array([b"white", b"cortex"]))
    f.create_group("obsm").create_dataset("spatial", data=spatial)

# 10x: features x barcodes by column; one gene name twice, two feature types.
with h5py.File(path("tenx.h5"), "w") as f:
    g = f.create_group("matrix")
    m = sp.csr_matrix(X.astype(np.int32))
    g.create_dataset("barcodes", data=np.array([s.encode() for s in spots]))
    g.create_dataset("data", data=m.data, chunks=(16,), compression="gzip", shuffle=True)
    g.create_dataset("indices", data=m.indices.astype(np.int64), chunks=(16,), compression="gzip")
    g.create_dataset("indptr", data=m.indptr.astype(np.int64))
    g.create_dataset("shape", data=np.array([GENES, SPOTS], dtype=np.int32))
    h = g.create_group("features")
    h.create_dataset("id", data=np.array([f"ENS{j}".encode() for j in range(GENES)]))
    h.create_dataset("name", data=np.array([b"A", b"B", b"A", b"A-1", b"A", b"CD3", b"CD4"]))
    h.create_dataset("feature_type", data=np.array([b"Gene Expression"] * 5 + [b"Antibody Capture"] * 2))
    h.create_dataset("genome", data=np.array([b"GRCh38"] * GENES))

with h5py.File(path("flat.h5"), "w") as f:
    f.create_dataset("X", data=X.astype(np.float32), chunks=(5, 3), compression="gzip")
    f.create_dataset("cell", data=np.array([s.encode() for s in spots]))
    f.create_dataset("gene", data=np.array([s.encode() for s in genes]))
    f.create_dataset("pos", data=spatial)

# MuData: rna in another spot order than the root, protein on its own; places at the root.
order = list(reversed(range(SPOTS)))
with h5py.File(path("two.h5mu"), "w") as f:
    f.attrs["encoding-type"], f.attrs["encoding-version"] = "MuData", "0.1.0"
    obs = pd.DataFrame(index=spots)
    obs["domain"] = domain
    try:
        from anndata.experimental import write_elem
    except ImportError:
        from anndata._io.specs import write_elem
    write_elem(f, "obs", obs)
    write_elem(f, "var", pd.DataFrame(index=genes + ["p0", "p1"]))
    write_elem(f, "obsm", {"spatial": spatial})
    f.create_group("mod")
    rna = anndata.AnnData(sp.csr_matrix(X[order].astype(np.float32)), obs=pd.DataFrame(index=[spots[i] for i in order]), var=pd.DataFrame(index=genes))
    protein = anndata.AnnData(X[:, :2].astype(np.float32) + 1, obs=pd.DataFrame(index=spots), var=pd.DataFrame(index=["p0", "p1"]))
    for name, mod in (("rna", rna), ("protein", protein)):
        g = f["mod"].create_group(name)
        g.attrs["encoding-type"], g.attrs["encoding-version"] = "anndata", "0.1.0"
        for k in ("X", "obs", "var"):
            write_elem(g, k, getattr(mod, k))
