// What Chat.tsx takes from its own project and from other libraries.
import { user } from '../user.js';

export const useAuth = () => ({ user });
export const queryClient = { setQueryData: ([name], data) => { document.body.dataset[name === 'vote-stats' ? 'votes' : name] = JSON.stringify(data); } };
export const Box = ({ children }) => <div>{children}</div>;
export const Chip = ({ label }) => <span className="chip">{label}</span>;
