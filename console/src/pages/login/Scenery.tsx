// The picture behind the log-in: a sea of clouds at dawn.
export function Scenery() {
  return (
    <svg className="log-in-scenery" viewBox="0 0 1600 900" preserveAspectRatio="xMidYMax slice" aria-hidden="true" focusable="false">
      <defs>
        <linearGradient id="dawn" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#0f1b48" />
          <stop offset="0.45" stopColor="#3c4f9e" />
          <stop offset="0.7" stopColor="#a58ab8" />
          <stop offset="0.85" stopColor="#f3bd93" />
        </linearGradient>
        <radialGradient id="glow">
          <stop offset="0" stopColor="#fff1d6" stopOpacity="0.95" />
          <stop offset="0.18" stopColor="#ffe2b8" stopOpacity="0.65" />
          <stop offset="1" stopColor="#ffe2b8" stopOpacity="0" />
        </radialGradient>
        <linearGradient id="mist" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#ffffff" stopOpacity="0.85" />
          <stop offset="1" stopColor="#e6ebfb" stopOpacity="0.95" />
        </linearGradient>
      </defs>
      <rect width="1600" height="900" fill="url(#dawn)" />
      <circle cx="1180" cy="560" r="330" fill="url(#glow)" />
      <path d="M0 640 L180 560 L320 610 L520 500 L700 620 L880 570 L1060 640 L1600 600 V900 H0 Z" fill="#5465a8" opacity="0.55" />
      <path d="M150 720 L430 470 L500 520 L560 480 L860 740 Z" fill="#26397f" />
      <path d="M430 470 L500 520 L560 480 L612 526 L566 540 L520 566 L470 532 L392 520 Z" fill="#eef2ff" opacity="0.85" />
      <path
        d="M-60 700c90-70 190-60 260-10 80-66 190-60 260 6 80-60 180-52 250 8 90-74 210-60 280 4 80-58 170-48 240 8 90-66 200-54 270 2 60-40 120-36 180 6v260H-60z"
        fill="url(#mist)"
        opacity="0.55"
      />
      <path
        d="M-80 770c100-76 210-60 290-6 90-70 210-64 290 8 90-66 200-58 280 8 100-78 230-62 310 6 90-60 190-52 270 8 100-60 200-50 320 8v180H-80z"
        fill="url(#mist)"
        opacity="0.8"
      />
      <path
        d="M-60 840c110-70 220-60 300-4 100-68 220-60 300 6 100-62 210-54 290 6 110-70 240-58 320 6 100-58 200-50 290 6 60-26 120-24 180 0v90H-60z"
        fill="#ffffff"
        opacity="0.95"
      />
    </svg>
  );
}
