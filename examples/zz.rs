//! Times.
use semrel::inference::*;
use std::time::Instant;
fn main() {
    let file = std::env::args().nth(1).unwrap();
    let onnx = std::fs::read(file).unwrap();
    let t = Instant::now();
    let e = Encoder::from_onnx(onnx).unwrap();
    println!(
        "kernel {:?} dims {} load {:?}",
        e.kernel(),
        e.dimensions(),
        t.elapsed()
    );
    let mut s = e.session();
    for n in [4usize, 8, 16, 32] {
        let ids: Vec<u32> = (0..n as u32).map(|i| (i * 37 + 5) % 5000).collect();
        let mut out = vec![0.0; e.dimensions()];
        s.encode(&[&ids], &mut out).unwrap();
        let mut best = f64::MAX;
        for _ in 0..200 {
            let t = Instant::now();
            s.encode(&[&ids], &mut out).unwrap();
            best = best.min(t.elapsed().as_secs_f64());
        }
        println!("{n}: {:.1} us {:?}", best * 1e6, &out[..4]);
    }
}
